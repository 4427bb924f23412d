package io.ruche.sandbox.wasi;

/** A call that answers an error number to the guest, which goes on running. */
final class WasiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  WasiError(Errno errno) {
    super(errno.name(), null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }
}
