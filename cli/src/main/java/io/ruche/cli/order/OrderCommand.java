package io.ruche.cli.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.sdk.Listing;
import io.ruche.sdk.OrderState;
import io.ruche.sdk.OwnOrders;
import io.ruche.sdk.RucheClient;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Single orders: sign, publish, cancel, show. */
@Command(
    name = "order",
    description = "Sign, publish, cancel and show single orders.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche order sign app 0x5FbD..0aa3 --price 1 --for-requester GROUP --save friends.json",
      "  ruche order publish friends.json     on the market; with --on-chain on the hub"
    })
public final class OrderCommand {
  private final Session session;

  private OrderCommand(Session session) {
    this.session = session;
  }

  /** The command with those under {@code order sign}. */
  public static CommandLine line(Session session) {
    return new CommandLine(new OrderCommand(session))
        .addSubcommand("sign", new SignCommand(session));
  }

  @Command(
      name = "publish",
      description = {
        "Show an order to others: on the market of the network, or on chain.",
        "On chain it costs gas and needs no market; who follows the hub's events sees it."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order publish friends.json              on the order board of the market",
        "  ruche order publish friends.json --on-chain --broadcast"
      })
  int publish(
      @Parameters(paramLabel = "FILE", description = "A file of `order sign --save`.") Path file,
      @Option(
              names = "--on-chain",
              description = "Sign it on the hub, where it then needs no signature.")
          boolean isSignedOnChain,
      @Option(names = "--broadcast", description = "Emit it as an event of the hub.")
          boolean isBroadcast) {
    var order = OrderFile.read(file);
    try (var client = Connection.open(session)) {
      var orders = client.orders();
      if (isSignedOnChain) {
        told(orders.signOnChain(order), "signed on chain");
      }
      if (isBroadcast) {
        orders.broadcast(order);
        session.note("The order was broadcast on chain.");
      }
      if (!isSignedOnChain && !isBroadcast) {
        told(orders.publish(order), "published on the market");
      }
      answer(client, order);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "cancel",
      description = {
        "Make an order void for good, on the hub; whoever holds it can no longer use it.",
        "Deals that were made with it go on."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order cancel friends.json      a file of `order sign --save`",
        "  ruche order cancel 0x9c1e..d4        the hash of an order that the market knows"
      })
  int cancel(
      @Parameters(paramLabel = "FILE_OR_HASH", description = "The order.") String fileOrHash) {
    try (var client = Connection.open(session)) {
      var order = find(client, fileOrHash);
      session.note(
          client.orders().cancel(order)
              ? "The order is cancelled."
              : "The order was used up or cancelled already; nothing was sent.");
      answer(client, order);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Show an order: whom it is for, whether it is signed, what is left of it.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order show friends.json        a file of `order sign --save`",
        "  ruche order show 0x9c1e..d4          the hash of an order that the market knows"
      })
  int show(@Parameters(paramLabel = "FILE_OR_HASH", description = "The order.") String fileOrHash) {
    try (var client = Connection.openToRead(session)) {
      answer(client, find(client, fileOrHash));
    }
    return ExitCode.OK;
  }

  private void told(boolean isNew, String what) {
    session.note(
        isNew ? "The order is %s.".formatted(what) : "The order was %s before.".formatted(what));
  }

  private static Order find(RucheClient client, String fileOrHash) {
    if (!fileOrHash.matches("0x[0-9a-fA-F]{64}")) {
      return OrderFile.read(Path.of(fileOrHash));
    }
    var hash = new OrderHash(fileOrHash);
    var order = client.market().find(hash).map(Listing::order).orElseThrow(() -> unknown(hash));
    var found = order.hash(client.view().domain());
    if (!found.equals(hash)) {
      throw new RucheException(
          "MARKET_BAD_ANSWER",
          "the market gave order %s for %s.".formatted(found, hash),
          "Check that the network file names a market of this hub.",
          true);
    }
    return order;
  }

  private void answer(RucheClient client, Order order) {
    var state = OwnOrders.state(client.view(), order);
    var board = board(client, state.hash());
    var fields = OrderText.fields(order, state.hash());
    fields.add(Fields.field("signer", state.signer().checksummed()));
    fields.add(Fields.field("signed", signed(state)));
    fields.add(Fields.field("left", left(state)));
    fields.add(Fields.field("market", board));
    var json = json(state).put("market", board);
    session.answer(
        new Answer(json, List.of(new Fields(fields)), List.of(state.hash().hex())));
  }

  private static ObjectNode json(OrderState state) {
    return OrderText.json(state.order(), state.hash())
        .put("signer", state.signer().checksummed())
        .put("isSigned", state.isSigned())
        .put("isSignedOnChain", state.isSignedOnChain())
        .put("consumed", state.consumed())
        .put("remaining", state.remaining());
  }

  private static String signed(OrderState state) {
    if (state.isSignedOnChain()) {
      return "yes, on chain";
    }
    return state.isSigned() ? "yes" : "no: nobody can match it";
  }

  private static String left(OrderState state) {
    return state.remaining() == 0
        ? "nothing: used up or cancelled"
        : "%d of %d tasks".formatted(state.remaining(), state.order().volume());
  }

  /** An order stands without a market, so one that does not answer is no failure here. */
  private static String board(RucheClient client, OrderHash hash) {
    try {
      return client
          .market()
          .find(hash)
          .map(listing -> listing.isOpen() ? "open" : "closed")
          .orElse("not listed");
    } catch (RucheException e) {
      return "unreachable";
    }
  }

  private static RucheException unknown(OrderHash hash) {
    return new RucheException(
        "ORDER_UNKNOWN",
        "the market knows no order %s.".formatted(hash),
        "Name the file of the order, or check the hash and the network.",
        false);
  }
}
