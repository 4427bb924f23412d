package io.ruche.cli;

import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.WalletFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandGoldenTest {
  @TempDir
  static Path folder;

  @BeforeAll
  static void createWallets() {
    var wallets = new WalletFolder(home().resolve("wallets"));
    var password = Secret.of("golden");
    wallets.save("alice", DevelopmentKeys.wallet(0), password, Keystore.Cost.LIGHT);
    wallets.save("bob", DevelopmentKeys.wallet(1), password, Keystore.Cost.LIGHT);
  }

  private static Path home() {
    return folder.resolve("home");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "up",
        "down",
        "status",
        "demo",
        "demo chess",
        "bench call",
        "bench wasm",
        "bench takeover",
        "bench cancel",
        "simulate",
        "doctor",
        "wallet",
        "wallet create",
        "wallet import",
        "wallet list",
        "account",
        "account fund",
        "account transfer",
        "app deploy",
        "app show",
        "app call",
        "app serve",
        "app stubs",
        "app pack",
        "dataset deploy",
        "workerpool deploy",
        "workerpool policy",
        "order",
        "order sign",
        "order sign app",
        "order sign dataset",
        "order sign workerpool",
        "order sign request",
        "order publish",
        "order cancel",
        "order show",
        "group",
        "group create",
        "group add",
        "group remove",
        "group show",
        "category list",
        "run",
        "deal",
        "deal results",
        "deal claim",
        "deal cancel",
        "task",
        "task cancel",
        "task logs",
        "task explain",
        "task retry-callback",
        "pool",
        "pool start",
        "pool explain",
        "pool ban",
        "pool readmit",
        "pool drain",
        "pool resume",
        "pool status",
        "pool workers",
        "pool tasks",
        "chain deploy",
        "worker",
        "worker start",
        "worker join",
        "worker measure",
        "worker account",
        "worker account allow",
        "config show"
      })
  void helpIsStable(String command) throws Exception {
    var words = (command + " --help").strip().split(" ");

    var outcome = Cli.inPipe(home()).run(words);

    var name = command.isEmpty() ? "ruche" : command.replace(' ', '-');
    Golden.assertSame("help-" + name, outcome.transcript());
  }

  @Test
  void walletsOnATerminalInAPipeAndForPrograms() throws Exception {
    Golden.assertSame(
        "wallets-terminal", Cli.onTerminal(home(), 40).run("wallet", "list").transcript());
    Golden.assertSame("wallets-pipe", Cli.inPipe(home()).run("wallet", "list").transcript());
    Golden.assertSame(
        "wallets-json", Cli.inPipe(home()).run("wallet", "list", "-o", "json").transcript());
    Golden.assertSame(
        "wallets-quiet", Cli.inPipe(home()).run("wallet", "list", "-o", "quiet").transcript());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json"})
  void failuresAreOneSentenceOrOneObject(String format) throws Exception {
    var cli = Cli.inPipe(home());
    var transcript = new StringBuilder();
    for (var line : new String[][] {
      {"frobnicate"},
      {"account", "show", "0x12"},
      {"account", "deposit", "-3"},
      {"run", "0x5FbDB2315678afecb367f032d93F642f64180aa3", "--tasks", "many"},
      {"wallet", "import", "carol"},
      {"account", "show", "--network", "/nowhere/network.json"},
      {"account", "deposit", "1", "--wallet", "carol", "--network", "/nowhere/network.json"},
      {"status"},
    }) {
      var arguments = new String[line.length + 2];
      System.arraycopy(line, 0, arguments, 0, line.length);
      arguments[line.length] = "--output";
      arguments[line.length + 1] = format;
      transcript.append("$ ruche ").append(String.join(" ", line)).append('\n');
      transcript.append(cli.run(arguments).transcript()).append('\n');
    }

    Golden.assertSame("failures-" + format, transcript.toString());
  }
}
