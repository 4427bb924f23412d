package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.WalletFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a torn or garbled file of the home leads to: one sentence that names the file. */
class BrokenHomeTest {
  private static final String TORN = "{\"name\": \"worker-1\",\n \"pid\": 12";

  private static final String ZEROS = "0".repeat(40);
  private static final String NETWORK = """
      {"chainId": 65535, "rpc": "http://127.0.0.1:9", "market": "http://127.0.0.1:9",
       "hub": "0x%s", "token": "0x%s"}""".formatted(ZEROS, ZEROS);

  @TempDir
  Path folder;

  private Path home;
  private Cli cli;

  @BeforeEach
  void createHome() {
    home = folder.resolve("home");
    cli = Cli.inPipe(home);
    new WalletFolder(home.resolve("wallets"))
        .save("alice", DevelopmentKeys.wallet(0), Secret.of("x"), Keystore.Cost.LIGHT);
  }

  @Test
  void settings() throws Exception {
    write("settings.json", TORN);

    assertFails(ExitCode.USAGE, "SETTINGS_INVALID", "settings.json", "config", "show");
  }

  @Test
  void networkFile() throws Exception {
    write("network.json", TORN);
    assertFails(
        ExitCode.FAILED, "NETWORK_INVALID", "network.json", "account", "show", "0x" + ZEROS);

    write("network.json", "{\"chainId\": 65535, \"rpc\": \"ftp://somewhere\"}");
    assertFails(ExitCode.FAILED, "NETWORK_INVALID", "rpc", "app", "list");
  }

  @Test
  void keyFile() throws Exception {
    write("wallets/alice.json", TORN);

    assertFails(ExitCode.FAILED, "KEY_FILE_BROKEN", "alice.json", "wallet", "list");
  }

  @Test
  void keyFileOfAWalletThatSigns() throws Exception {
    write("wallets/alice.json", TORN);
    write("network.json", NETWORK);

    var outcome = cli.run(
        Map.of("RUCHE_WALLET_PASSWORD", "x"),
        "account",
        "deposit",
        "1",
        "--wallet",
        "alice",
        "--output",
        "json");

    assertSentence(outcome, ExitCode.FAILED, "KEY_FILE_BROKEN", "key file");
  }

  @Test
  void wrongPasswordIsNoDefectOfTheFile() throws Exception {
    write("network.json", NETWORK);

    var outcome = cli.run(
        Map.of("RUCHE_WALLET_PASSWORD", "wrong"),
        "worker",
        "start",
        "--wallet",
        "alice",
        "--output",
        "json");

    assertSentence(outcome, ExitCode.NOT_AUTHORISED, "WRONG_PASSWORD", "password");
  }

  @Test
  void recordOfAProcess() throws Exception {
    write("run/worker-1.json", TORN);

    assertFails(ExitCode.FAILED, "STATE_CORRUPT", "worker-1.json", "status");
    assertFails(ExitCode.FAILED, "STATE_CORRUPT", "worker-1.json", "down");
    assertThat(home.resolve("run/worker-1.json")).hasContent(TORN);
  }

  @Test
  void recordOfARun() throws Exception {
    write("runs/0x12.json", TORN);

    assertFails(ExitCode.FAILED, "STATE_CORRUPT", "0x12.json", "deal", "list");
  }

  @Test
  void doctorNamesEveryBrokenPartAndGoesOn() throws Exception {
    write("wallets/alice.json", TORN);
    write("run/worker-1.json", TORN);
    write("network.json", TORN);

    var outcome = cli.run("doctor", "--output", "json");

    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    var problems = new JsonMapper()
        .readTree(outcome.out())
        .path("findings")
        .valueStream()
        .filter(finding -> finding.path("state").asText().equals("problem"))
        .toList();
    assertThat(problems)
        .extracting(finding -> finding.path("what").asText())
        .containsSubsequence("wallets", "processes", "network");
    assertThat(problems)
        .allSatisfy(finding -> assertThat(finding.path("fix").asText()).isNotEmpty());
    assertThat(problems.toString()).contains("KEY_FILE_BROKEN", "STATE_CORRUPT", "NETWORK_INVALID");
  }

  @Test
  void doctorWantsTheHomeForItsOwnerOnly() throws Exception {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

    var outcome = cli.run("doctor");

    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).contains("is open to others", "chmod 700");
  }

  private void assertFails(int exitCode, String code, String named, String... line)
      throws IOException {
    var arguments = Arrays.copyOf(line, line.length + 2);
    arguments[line.length] = "--output";
    arguments[line.length + 1] = "json";
    // Unreadable settings hide the wanted form, but not the one that the line asks for.
    assertSentence(cli.run(arguments), exitCode, code, named);
  }

  private static void assertSentence(Cli.Outcome outcome, int exitCode, String code, String named)
      throws IOException {
    assertThat(outcome.err()).hasLineCount(1).doesNotContain("\tat ", "Exception");
    var error = new JsonMapper().readTree(outcome.err()).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(named).doesNotContain("\n");
    assertThat(error.path("hint").asText()).isNotEmpty();
    assertThat(outcome.code()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
