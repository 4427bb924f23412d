package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.WasmBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No path, link or descriptor leads out of the two folders, and the input stays as it was. */
class EscapeTest extends GuestFixture {
  private static final int NOENT = 44;
  private static final int NOTDIR = 54;
  private static final int BADF = 8;
  private static final int NOTSUP = 58;
  private static final int PERM = 63;
  private static final int ROFS = 69;
  private static final int NOTCAPABLE = 76;
  private static final int INVAL = 28;
  private static final int ILSEQ = 25;

  @Test
  void pathsThatLeadOutAreRefused() throws Exception {
    for (var path : new String[] {
      "../secret",
      "..",
      "a/../../secret",
      "/etc/passwd",
      "/iexec_in/secret",
      "./../in/secret",
      "//x"
    }) {
      var request = request(readsInput(path));
      Files.createDirectory(request.input().resolve("a"));
      Files.writeString(request.input().resolveSibling("secret"), "key");

      assertExitCode(NOTCAPABLE, guests.run(request));
    }
  }

  @Test
  void dotsThatStayInsideAreFine() throws Exception {
    for (var path :
        new String[] {"a/../data.txt", "./data.txt", "a/./../data.txt", "a//../data.txt"}) {
      var request = request(readsInput(path));
      Files.createDirectory(request.input().resolve("a"));
      Files.writeString(request.input().resolve("data.txt"), "1");

      assertThat(guests.run(request)).as(path).isInstanceOf(Finished.class);
    }
  }

  @Test
  void dotsThroughWhatIsNoFolderAreRefused() throws Exception {
    var throughFile = request(readsInput("data.txt/../data.txt"));
    Files.writeString(throughFile.input().resolve("data.txt"), "1");
    var throughNothing = request(readsInput("nothing/../data.txt"));
    Files.writeString(throughNothing.input().resolve("data.txt"), "1");

    assertExitCode(NOTDIR, guests.run(throughFile));
    assertExitCode(NOENT, guests.run(throughNothing));
  }

  @Test
  void oddNamesAreRefused() throws Exception {
    assertExitCode(INVAL, guests.run(request(readsInput("a\0b"))));
    assertExitCode(ILSEQ, guests.run(request(readsInput(new byte[] {(byte) 0xff, 'a'}))));
  }

  @Test
  void inputsThatHoldLinksAreNotRun() throws Exception {
    var request = request(TestModules.noop());
    Files.createSymbolicLink(request.input().resolve("link"), root.resolve("elsewhere"));

    assertEndedIn(FailureCode.INFRASTRUCTURE, guests.run(request));
  }

  @Test
  void linksCannotBeMade() throws Exception {
    var symbolic = request(linker("path_symlink", "iiiii", code -> code.i32(0, 6, 4, 16, 4)));
    var hard = request(linker("path_link", "iiiiiii", code -> code.i32(3, 0, 0, 6, 4, 16, 4)));
    Files.writeString(hard.input().resolve("target"), "1");

    assertExitCode(PERM, guests.run(symbolic));
    assertExitCode(PERM, guests.run(hard));
    assertThat(symbolic.output()).isEmptyDirectory();
    assertThat(hard.output()).isEmptyDirectory();
  }

  private static WasmBuilder linker(
      String function, String parameters, Consumer<WasmBuilder.Code> arguments) {
    return new WasmBuilder()
        .importing(function, parameters)
        .importingExit()
        .data(0, "target")
        .data(16, "link")
        .start(code -> {
          arguments.accept(code);
          code.call(function).exitOnError();
        });
  }

  @Test
  void inputCannotBeChanged() throws Exception {
    for (var module : new WasmBuilder[] {
      opens("data.txt", 0, TestModules.WRITE_RIGHTS),
      opens("data.txt", 8, TestModules.READ_RIGHTS),
      opens("new.txt", TestModules.CREATE, TestModules.WRITE_RIGHTS),
      changes("path_unlink_file", "iii", code -> code.i32(3, 0, 8)),
      changes("path_create_directory", "iii", code -> code.i32(3, 16, 6)),
      changes("path_remove_directory", "iii", code -> code.i32(3, 32, 6)),
      changes("path_rename", "iiiiii", code -> code.i32(3, 0, 8, 4, 16, 6)),
    }) {
      var request = request(module);
      Files.writeString(request.input().resolve("data.txt"), "untouched");
      Files.createDirectory(request.input().resolve("folder"));

      assertExitCode(ROFS, guests.run(request));
      assertThat(request.input().resolve("data.txt")).hasContent("untouched");
      try (var left = Files.list(request.input())) {
        assertThat(left).hasSize(2);
      }
    }
  }

  @Test
  void outputCannotReplaceAnInput() throws Exception {
    var module = new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importing("path_rename", "iiiiii")
        .importingExit()
        .data(0, "mine.txt")
        .data(16, "data.txt")
        .start(code -> TestModules.open(code, "mine.txt")
            .i32(4, 0, 8, 3, 16, 8)
            .call("path_rename")
            .exitOnError());
    var request = request(module);
    Files.writeString(request.input().resolve("data.txt"), "untouched");

    assertExitCode(ROFS, guests.run(request));
    assertThat(request.input().resolve("data.txt")).hasContent("untouched");
  }

  @Test
  void readOnlyDescriptorCannotWrite() throws Exception {
    var module = new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importing("fd_write", "iiii")
        .importing("fd_filestat_set_size", "iI")
        .importingExit()
        .data(0, "data.txt")
        .start(code -> TestModules.open(code, 3, "data.txt", 0, TestModules.READ_RIGHTS)
            .i32(600, 0)
            .store()
            .i32(604, 4)
            .store()
            .i32(512)
            .load()
            .i32(600, 1, 608)
            .call("fd_write")
            .exitOnError());
    var request = request(module);
    Files.writeString(request.input().resolve("data.txt"), "untouched");

    assertExitCode(NOTCAPABLE, guests.run(request));
    assertThat(request.input().resolve("data.txt")).hasContent("untouched");
  }

  @Test
  void descriptorsThatWereNeverOpenedAreRefused() throws Exception {
    for (int fd : new int[] {5, 255, 256, -1, Integer.MAX_VALUE}) {
      var module = new WasmBuilder()
          .importing("fd_close", "i")
          .importingExit()
          .start(code -> code.i32(fd).call("fd_close").exitOnError());

      assertExitCode(BADF, run(module));
    }
  }

  @ParameterizedTest
  @CsvSource({"sock_accept, iii", "sock_recv, iiiiii", "sock_send, iiiii", "sock_shutdown, ii"})
  void socketsAreRefused(String function, String parameters) throws Exception {
    var module = new WasmBuilder()
        .importing(function, parameters)
        .importingExit()
        .start(code -> code.i32(new int[parameters.length()]).call(function).exitOnError());

    assertExitCode(NOTSUP, run(module));
  }

  private RunRequest request(WasmBuilder module) throws Exception {
    return runs.request(module);
  }

  private static WasmBuilder readsInput(String path) {
    return readsInput(path.getBytes(StandardCharsets.UTF_8));
  }

  private static WasmBuilder readsInput(byte[] path) {
    return new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importingExit()
        .data(0, path)
        .start(code -> code.i32(3, 1, 0, path.length, 0)
            .i64(2, 2)
            .i32(0, 512)
            .call("path_open")
            .exitOnError());
  }

  private static WasmBuilder opens(String name, int flags, long rights) {
    return new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importingExit()
        .data(0, name)
        .start(code -> TestModules.open(code, TestModules.INPUT_FD, name, flags, rights));
  }

  private static WasmBuilder changes(
      String function, String parameters, Consumer<WasmBuilder.Code> arguments) {
    return new WasmBuilder()
        .importing(function, parameters)
        .importingExit()
        .data(0, "data.txt")
        .data(16, "newone")
        .data(32, "folder")
        .start(code -> {
          arguments.accept(code);
          code.call(function).exitOnError();
        });
  }
}
