package io.ruche.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Modules that tests of every layer run. */
public final class TestModules {
  public static final int INPUT_FD = 3;
  public static final int OUTPUT_FD = 4;
  public static final int CREATE = 1;
  public static final long READ_RIGHTS = 1L << 1;
  public static final long WRITE_RIGHTS = READ_RIGHTS | (1L << 6);

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

  /** Says one letter on its standard output, then goes on. */
  public static WasmBuilder talking(Consumer<WasmBuilder.Code> then) {
    return new WasmBuilder()
        .importing("fd_write", "iiii")
        .importingExit()
        .data(0, "x")
        .start(code -> {
          code.i32(16, 0).store().i32(20, 1).store();
          code.i32(1, 16, 1, 24).call("fd_write").exitOnError();
          then.accept(code);
        });
  }

  /** Says so many mebibytes on its standard output and ends well. */
  public static WasmBuilder flooding(int mebibytes) {
    return new WasmBuilder()
        .importing("fd_write", "iiii")
        .importingExit()
        .memory(1, 2)
        .start(code -> {
          code.i32(0, 1024).store().i32(4, 1 << 15).store();
          code.repeat(
              mebibytes << 5, block -> block.i32(1, 0, 1, 8).call("fd_write").exitOnError());
        });
  }

  public static WasmBuilder trap() {
    return new WasmBuilder().start(WasmBuilder.Code::unreachable);
  }

  /** Writes {@code content} to this output file; exits with the error number if refused. */
  public static WasmBuilder writeFile(String name, String content) {
    return new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importing("fd_write", "iiii")
        .importingExit()
        .data(0, name)
        .data(1024, content)
        .start(code -> {
          open(code, name);
          code.i32(600, 1024).store().i32(604, content.length()).store();
          code.i32(512).load().i32(600, 1, 608).call("fd_write").exitOnError();
        });
  }

  /**
   * Opens the file named at address 0 for writing below the output folder; its number goes to 512.
   */
  public static WasmBuilder.Code open(WasmBuilder.Code code, String name) {
    return open(code, OUTPUT_FD, name, CREATE, WRITE_RIGHTS);
  }

  /** Opens the file named at address 0 below a folder; ends with the error number if refused. */
  public static WasmBuilder.Code open(
      WasmBuilder.Code code, int folderFd, String name, int flags, long rights) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    return code.i32(folderFd, 0, 0, length, flags)
        .i64(rights, rights)
        .i32(0, 512)
        .call("path_open")
        .exitOnError();
  }
}
