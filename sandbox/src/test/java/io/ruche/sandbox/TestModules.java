package io.ruche.sandbox;

/** Modules that tests of every layer run. */
public final class TestModules {
  static final int WRITE_RIGHTS = 1 << 1 | 1 << 6;
  private static final int OUTPUT_FD = 4;

  private TestModules() {}

  public static WasmBuilder noop() {
    return new WasmBuilder().start(code -> {});
  }

  public static WasmBuilder exit(int exitCode) {
    return new WasmBuilder().importingExit().start(code -> code.i32(exitCode).exit());
  }

  public static WasmBuilder endless() {
    return new WasmBuilder().start(code -> code.forever(block -> {}));
  }

  public static WasmBuilder trap() {
    return new WasmBuilder().start(WasmBuilder.Code::unreachable);
  }

  /**
   * Writes {@code content} to this file of the output folder; exits with the error number if
   * refused.
   */
  public static WasmBuilder writeFile(String name, String content) {
    return new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importing("fd_write", "iiii")
        .importingExit()
        .data(0, name)
        .data(1024, content)
        .start(code -> {
          code.i32(OUTPUT_FD, 0, 0, name.length(), 1)
              .i64(WRITE_RIGHTS, WRITE_RIGHTS)
              .i32(0, 512);
          code.call("path_open").exitOnError();
          code.i32(600, 1024).store().i32(604, content.length()).store();
          code.i32(512).load().i32(600, 1, 608).call("fd_write").exitOnError();
        });
  }
}
