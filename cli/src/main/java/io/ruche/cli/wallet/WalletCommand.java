package io.ruche.cli.wallet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.PrivateKey;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates, imports and lists wallets. */
@Command(
    name = "wallet",
    description = "Create, import and list wallets.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche wallet create alice            a new wallet in the home",
      "  ruche wallet list                    names and addresses"
    })
public final class WalletCommand {
  private final Session session;

  public WalletCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = "Create a wallet with a fresh key, in Web3 secret storage.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche wallet create                                    named 'default'",
        "  ruche wallet create alice --password-file alice.pass   without a prompt"
      })
  int create(
      @Parameters(
              paramLabel = "NAME",
              defaultValue = "default",
              description = "Small letters, digits and hyphens (default: ${DEFAULT-VALUE}).")
          String name) {
    return saved(name, Wallet.random());
  }

  /** One way to give a key. */
  static final class Source {
    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "Private key as 64 hex digits.")
    @Nullable
    Path key;

    @Option(
        names = "--mnemonic-file",
        paramLabel = "FILE",
        description = "12 to 24 words; see --index.")
    @Nullable
    Path mnemonic;

    @Option(names = "--keystore", paramLabel = "FILE", description = "Key file of another tool.")
    @Nullable
    Path keystore;
  }

  @Command(
      name = "import",
      description =
          "Keep a key that exists already. Keys are read from files, never the command line.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche wallet import bob --key-file key.txt",
        "  ruche wallet import carol --mnemonic-file words.txt --index 2"
      })
  int importKey(
      @Parameters(paramLabel = "NAME", description = "Name for the wallet.") String name,
      @ArgGroup(multiplicity = "1") Source source,
      @Option(
              names = "--index",
              defaultValue = "0",
              description = "Account of the mnemonic (default: ${DEFAULT-VALUE}).")
          int index) {
    return saved(name, read(source, index));
  }

  @Command(
      name = "list",
      description = "List the wallets of the home.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche wallet list                    names and addresses",
        "  ruche wallet list --output json      for a program"
      })
  int list() {
    var json = JsonNodeFactory.instance.arrayNode();
    var rows = new ArrayList<List<Cell>>();
    var names = new ArrayList<String>();
    for (var wallet : new Wallets(session).all()) {
      json.add(json(wallet));
      names.add(wallet.name());
      rows.add(List.of(Cell.of(wallet.name()), Cell.of(wallet.address().checksummed())));
    }
    if (rows.isEmpty()) {
      session.note("No wallets yet; `ruche wallet create` makes one.");
    }
    session.answer(new Answer(
        JsonNodeFactory.instance.objectNode().set("wallets", json),
        List.of(new Table(List.of("NAME", "ADDRESS"), rows)),
        names));
    return ExitCode.OK;
  }

  private int saved(String name, Wallet wallet) {
    var saved = new Wallets(session).save(name, wallet);
    session.answer(new Answer(
        json(saved),
        List.of(Fields.of(
            Fields.field("wallet", saved.name()),
            Fields.field("address", saved.address().checksummed()),
            Fields.field("file", saved.file()))),
        List.of(saved.address().checksummed())));
    return ExitCode.OK;
  }

  private static ObjectNode json(Wallets.Named wallet) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", wallet.name())
        .put("address", wallet.address().checksummed())
        .put("file", wallet.file().toString());
  }

  private Wallet read(Source source, int index) {
    try {
      if (source.key != null) {
        return Wallet.of(PrivateKey.parse(Passwords.read(source.key)));
      }
      if (source.mnemonic != null) {
        return Wallet.ofMnemonic(Passwords.read(source.mnemonic), index);
      }
      var keystore = Objects.requireNonNull(source.keystore);
      return Keystore.open(Wallets.text(keystore), new Passwords(session).ask(keystore.toString()));
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "KEY_INVALID",
          String.valueOf(e.getMessage()) + ".",
          "Check the file; nothing was imported.",
          false,
          e);
    }
  }
}
