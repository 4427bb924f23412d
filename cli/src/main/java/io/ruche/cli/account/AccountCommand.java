package io.ruche.cli.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.cli.wallet.Wallets;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and moves money. */
@Command(
    name = "account",
    description = "Show, deposit and withdraw money.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche account show                   what the wallet has deposited, locked and outside",
      "  ruche account deposit 25             put 25 RUC into the hub's escrow"
    })
public final class AccountCommand {
  private static final BigDecimal WEI_PER_COIN = BigDecimal.TEN.pow(18);

  /** The development account that may mint; the same that deploys the contracts. */
  private static final int FAUCET_INDEX = 0;

  private final Session session;

  public AccountCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "show",
      description = "Show the money of a wallet or address.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche account show                   the chosen wallet",
        "  ruche account show 0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
      })
  int show(
      @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "Default: the wallet's.")
          @Nullable
          Address address) {
    try (var client = Connection.openToRead(session)) {
      answer(client, address == null ? new Wallets(session).address() : address);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "deposit",
      description = "Move tokens of the wallet into the hub's escrow.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche account deposit 25             25 RUC of the default wallet",
        "  ruche account deposit 0.5 --wallet bob"
      })
  int deposit(@Parameters(paramLabel = "RUC", description = "Tokens.") TokenAmount amount) {
    try (var client = Connection.open(session)) {
      var owner = client.wallet().address();
      var outside = client.hub().tokenBalance(owner);
      if (outside.compareTo(amount) < 0) {
        throw new RucheException(
            "BALANCE_TOO_LOW",
            "wallet %s holds %s RUC but %s were to be deposited."
                .formatted(owner.checksummed(), outside, amount),
            "Get tokens first (on a development chain: `ruche account fund`).",
            false);
      }
      client.transactions().deposit(amount);
      answer(client, owner);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "withdraw",
      description = "Move free deposit out of the hub's escrow.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche account withdraw 10            10 RUC back to the default wallet",
        "  ruche account withdraw 10 --wallet bob"
      })
  int withdraw(@Parameters(paramLabel = "RUC", description = "Tokens.") TokenAmount amount) {
    try (var client = Connection.open(session)) {
      requireFree(client, amount);
      client.transactions().withdraw(amount);
      answer(client, client.wallet().address());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "transfer",
      description =
          "Give free deposit to another account of the hub, such as a contract that calls.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche account transfer 0x5FbDB2315678afecb367f032d93F642f64180aa3 10",
        "  ruche account transfer 0x5FbDB2315678afecb367f032d93F642f64180aa3 0.5 --wallet bob"
      })
  int transfer(
      @Parameters(paramLabel = "ADDRESS", description = "Who gets it.") Address to,
      @Parameters(paramLabel = "RUC", description = "Tokens.") TokenAmount amount) {
    try (var client = Connection.open(session)) {
      requireFree(client, amount);
      client.transactions().transferDeposit(to, amount);
      answer(client, to);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "fund",
      description = "Development chains only: give a wallet tokens and coin for gas.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche account fund                   1000 RUC and 10 ETH to the default wallet",
        "  ruche account fund 0x7099..79C8 --tokens 5 --coin 1"
      })
  int fund(
      @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "Default: the wallet's.")
          @Nullable
          Address address,
      @Option(
              names = "--tokens",
              defaultValue = "1000",
              description = "RUC to mint (default: ${DEFAULT-VALUE}).")
          TokenAmount tokens,
      @Option(
              names = "--coin",
              defaultValue = "10",
              description = "ETH to give (default: ${DEFAULT-VALUE}).")
          BigDecimal coin) {
    var network = Connection.requireDevelopment(session, "fund");
    var to = address == null ? new Wallets(session).address() : address;
    var faucet = DevelopmentKeys.wallet(FAUCET_INDEX);
    try (var client = RucheClient.open(Connection.endpoints(network), faucet)) {
      client.transactions().fund(to, wei(coin), tokens);
      answer(client, to);
    }
    return ExitCode.OK;
  }

  private static void requireFree(RucheClient client, TokenAmount amount) {
    var owner = client.wallet().address();
    var account = client.view().account(owner);
    if (account.free().compareTo(amount) < 0) {
      throw new RucheException(
          "DEPOSIT_TOO_LOW",
          "wallet %s has %s RUC free in the hub (and %s locked by running deals) but %s were asked for."
              .formatted(owner.checksummed(), account.free(), account.locked(), amount),
          "Take at most the free part, or deposit more with `ruche account deposit`.",
          false);
    }
  }

  private static BigInteger wei(BigDecimal coin) {
    return coin.multiply(WEI_PER_COIN).toBigInteger();
  }

  private void answer(RucheClient client, Address owner) {
    var account = client.view().account(owner);
    var outside = client.hub().tokenBalance(owner);
    var wei = client.hub().rpc().balanceWei(owner);
    var coin = new BigDecimal(wei, 18).stripTrailingZeros().toPlainString();
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", owner.checksummed())
        .put("free", account.free().toString())
        .put("locked", account.locked().toString())
        .put("outside", outside.toString())
        .put("unit", "RUC")
        .put("wei", wei.toString());
    session.answer(new Answer(
        json,
        List.of(Fields.of(
            Fields.field("address", owner.checksummed()),
            Fields.field("free", account.free() + " RUC in the hub"),
            Fields.field("locked", account.locked() + " RUC by running deals"),
            Fields.field("outside", outside + " RUC in the wallet"),
            Fields.field("gas", coin + " ETH"))),
        List.of(account.free().toString())));
  }
}
