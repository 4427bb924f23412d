package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Hex;
import io.ruche.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests and modules as files: no chain, no market. */
class AppFilesTest {
  private static final Path MANIFEST = Path.of("../examples/chess/manifest.json");
  private static final byte[] MODULE = Hex.decode("0x0061736d01000000");

  @TempDir
  Path folder;

  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = Cli.inPipe(folder.resolve("home"));
  }

  @Test
  void stubsAreWrittenAndFoundCurrentUntilTheManifestChanges() throws Exception {
    var manifest = Files.copy(MANIFEST, folder.resolve("manifest.json"));
    var command = new String[] {
      "app",
      "stubs",
      manifest.toString(),
      "--solidity",
      folder.resolve("src").toString(),
      "--java",
      folder.resolve("java").toString(),
      "--package",
      "org.example"
    };

    assertThat(cli.run(command).code()).isEqualTo(ExitCode.OK);

    assertThat(folder.resolve("src/Chess.sol")).content().contains("library Chess {");
    assertThat(folder.resolve("java/org/example/Chess.java")).content().contains("class Chess {");
    assertThat(cli.run(checking(command)).code()).isEqualTo(ExitCode.OK);
    Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"1.0.0\"", "\"1.0.1\""));
    var stale = cli.run(checking(command));
    assertThat(stale.code()).isEqualTo(ExitCode.FAILED);
    assertThat(stale.err()).contains("STUBS_STALE").contains("Chess.sol").contains("Chess.java");
  }

  @Test
  void packedModuleShowsItsManifest() throws Exception {
    var module = Files.write(folder.resolve("built.wasm"), MODULE);
    var packed = folder.resolve("chess.wasm");

    var pack =
        cli.run("app", "pack", module.toString(), MANIFEST.toString(), "--to", packed.toString());

    assertThat(pack.code()).as(pack.err()).isEqualTo(ExitCode.OK);
    var found = Manifest.ofModule(Files.readAllBytes(packed)).orElseThrow();
    assertThat(found).isEqualTo(Manifest.parse(Files.readAllBytes(MANIFEST)));
    var again =
        cli.run("app", "pack", packed.toString(), MANIFEST.toString(), "--to", packed.toString());
    assertThat(again.err()).startsWith("MODULE_INVALID").contains("already");
  }

  @Test
  void helpOfAManifestFitsTheTerminal() throws Exception {
    var shown = Cli.onTerminal(folder.resolve("home"), 100).run("app", "show", MANIFEST.toString());

    assertThat(shown.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    Golden.assertSame("app-show-chess", shown.transcript());
  }

  @Test
  void wrongManifestIsRefusedWithItsFields() throws Exception {
    var manifest = Files.writeString(
        folder.resolve("manifest.json"),
        Files.readString(MANIFEST).replace("\"uint16\"", "\"uint15\""));

    var shown = cli.run("app", "show", manifest.toString());

    assertThat(shown.code()).isEqualTo(ExitCode.FAILED);
    assertThat(shown.err())
        .startsWith("MANIFEST_INVALID")
        .contains("functions[1].arguments[2].type: expected a type");
  }

  @Test
  void callIsCheckedBeforeAnythingRuns() throws Exception {
    var module = Files.write(folder.resolve("plain.wasm"), MODULE);
    var named = new String[] {"app", "call", module.toString(), "--function", "f"};

    assertThat(cli.run(named).err()).startsWith("MANIFEST_MISSING");
    assertThat(cli.run("app", "call", module.toString()).code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("app", "call", module.toString(), "--args", "12").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("app", "call", folder.toString(), "--args", "0x").code())
        .isEqualTo(ExitCode.FAILED);
    assertThat(cli.run("app", "serve", module.toString(), "--idle", "0").code())
        .isEqualTo(ExitCode.USAGE);
  }

  private static String[] checking(String[] command) {
    var longer = Arrays.copyOf(command, command.length + 1);
    longer[command.length] = "--check";
    return longer;
  }
}
