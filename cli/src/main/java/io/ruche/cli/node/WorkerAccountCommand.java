package io.ruche.cli.node;

import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.hub.WorkerAccounts;
import io.ruche.chain.tx.FileOutbox;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps worker accounts. */
@Command(
    name = "account",
    description = "Let many machines work for one worker, whose money only you move.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche worker account create          one contract that the hub sees as worker",
      "  ruche worker account allow 0x9fE4..a6e0 0x7099..79C8 --cap 20"
    })
public final class WorkerAccountCommand {
  private static final String ACCOUNT = "The worker account.";

  private final Session session;

  public WorkerAccountCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Put the wallet's worker account on chain and say its address.",
        "Stake, rewards and score are the account's; the wallet lists its machines and withdraws."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker account create          says the same address when it is there already",
        "  ruche worker account create --wallet alice"
      })
  int create() {
    try (var client = Connection.open(session)) {
      var artifacts = new Artifacts(Installation.current().contracts().resolve("out"));
      var owner = client.wallet().address();
      var hub = client.hub();
      var call =
          WorkerAccounts.create(artifacts.creationCode("WorkerAccount"), hub.address(), owner);
      var home = session.home().create();
      var folder =
          home.ensure(home.folder().resolve("accounts").resolve(Long.toString(hub.chainId())));
      var action = "worker-account-" + hub.address();
      try (var outbox = FileOutbox.open(folder.resolve(owner.hex() + ".jsonl"))) {
        boolean isKnown = outbox.find(hub.chainId(), owner, action).isPresent();
        var account = client.create(outbox, action, call);
        WorkerAccountAnswer.require(client, account);
        if (isKnown) {
          session.note("This wallet has created its worker account before; nothing was sent.");
        }
        session.answer(WorkerAccountAnswer.of(client, account, List.of()));
      }
    }
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Show an account's money and score, and what it lets machines do.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker account show 0x9fE4..a6e0",
        "  ruche worker account show 0x9fE4..a6e0 0x7099..79C8"
      })
  int show(
      @Parameters(index = "0", paramLabel = "ACCOUNT", description = ACCOUNT) Address account,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "MACHINE",
              description = "Wallets of machines to show.")
          @Nullable
          List<Address> machines) {
    try (var client = Connection.openToRead(session)) {
      WorkerAccountAnswer.require(client, account);
      session.answer(
          WorkerAccountAnswer.of(client, account, machines == null ? List.of() : machines));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "allow",
      description = {
        "Let machines work for the account, or change what they may lock.",
        "A machine's wallet needs coin for gas and nothing else."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker account allow 0x9fE4..a6e0 0x7099..79C8 --cap 20",
        "  ruche worker account allow 0x9fE4..a6e0 0x7099..79C8 0x3C44..93BC --cap 5"
      })
  int allow(
      @Parameters(index = "0", paramLabel = "ACCOUNT", description = ACCOUNT) Address account,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "MACHINE",
              description = "Wallets of machines.")
          List<Address> machines,
      @Option(
              names = "--cap",
              paramLabel = "RUC",
              required = true,
              description = "Stake that each may have locked at once; a stolen key loses no more.")
          TokenAmount cap) {
    try (var client = Connection.open(session)) {
      requireOwn(client, account);
      client.transactions().allowMachines(account, machines, cap);
      session.answer(WorkerAccountAnswer.of(client, account, machines));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "revoke",
      description = "Take all rights from machines at once, such as when one was stolen.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker account revoke 0x9fE4..a6e0 0x7099..79C8",
        "  ruche worker account revoke 0x9fE4..a6e0 0x7099..79C8 --wallet alice"
      })
  int revoke(
      @Parameters(index = "0", paramLabel = "ACCOUNT", description = ACCOUNT) Address account,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "MACHINE",
              description = "Wallets of machines.")
          List<Address> machines) {
    try (var client = Connection.open(session)) {
      requireOwn(client, account);
      client.transactions().revokeMachines(account, machines);
      session.answer(WorkerAccountAnswer.of(client, account, machines));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "fund",
      description = "Give the account stake out of the wallet's free deposit.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker account fund 0x9fE4..a6e0 50",
        "  ruche worker account fund 0x9fE4..a6e0 0.5 --wallet alice"
      })
  int fund(
      @Parameters(index = "0", paramLabel = "ACCOUNT", description = ACCOUNT) Address account,
      @Parameters(index = "1", paramLabel = "RUC", description = "Tokens.") TokenAmount amount) {
    try (var client = Connection.open(session)) {
      WorkerAccountAnswer.require(client, account);
      requireFree(client, client.wallet().address(), amount);
      client.transactions().transferDeposit(account, amount);
      session.answer(WorkerAccountAnswer.of(client, account, List.of()));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "withdraw",
      description = "Take free deposit out of the account, as tokens.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker account withdraw 0x9fE4..a6e0 10",
        "  ruche worker account withdraw 0x9fE4..a6e0 10 --to 0x3C44..93BC"
      })
  int withdraw(
      @Parameters(index = "0", paramLabel = "ACCOUNT", description = ACCOUNT) Address account,
      @Parameters(index = "1", paramLabel = "RUC", description = "Tokens.") TokenAmount amount,
      @Option(
              names = "--to",
              paramLabel = "ADDRESS",
              description = "Who gets them (default: the wallet).")
          @Nullable
          Address target) {
    try (var client = Connection.open(session)) {
      requireOwn(client, account);
      requireFree(client, account, amount);
      var to = target == null ? client.wallet().address() : target;
      client.transactions().withdrawFrom(account, amount, to);
      session.answer(WorkerAccountAnswer.of(client, account, List.of()));
    }
    return ExitCode.OK;
  }

  private static void requireOwn(RucheClient client, Address account) {
    WorkerAccountAnswer.require(client, account);
    var owner = client.hub().workerAccounts().ownerOf(account).orElse(Address.ZERO);
    var wallet = client.wallet().address();
    if (!owner.equals(wallet)) {
      throw new RucheException(
          "NOT_OWNER",
          "worker account %s belongs to %s, but the wallet is %s."
              .formatted(account.checksummed(), owner.checksummed(), wallet.checksummed()),
          "Choose its owner's wallet with --wallet.",
          false);
    }
  }

  private static void requireFree(RucheClient client, Address owner, TokenAmount amount) {
    var free = client.view().account(owner).free();
    if (free.compareTo(amount) < 0) {
      throw new RucheException(
          "DEPOSIT_TOO_LOW",
          "%s has %s RUC free in the hub but %s were asked for."
              .formatted(owner.checksummed(), free, amount),
          "Take at most the free part, or deposit more with `ruche account deposit`.",
          false);
    }
  }
}
