package io.ruche.sandbox.wasi;

/** The error numbers of WASI preview 1 that this implementation answers with. */
enum Errno {
  BADF(8),
  EXIST(20),
  ILSEQ(25),
  INVAL(28),
  ISDIR(31),
  MFILE(33),
  NAMETOOLONG(37),
  NOENT(44),
  NOSYS(52),
  NOTDIR(54),
  NOTEMPTY(55),
  NOTSUP(58),
  PERM(63),
  ROFS(69),
  SPIPE(70),
  NOTCAPABLE(76);

  static final int SUCCESS = 0;

  private final int code;

  Errno(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
