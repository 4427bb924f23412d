package io.ruche.cli.order;

import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Address;
import io.ruche.core.Order;
import io.ruche.core.RucheException;
import io.ruche.sdk.Publisher.PoolTerms;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.StandingOrders;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs one order of each kind. */
@Command(
    name = "sign",
    description = {
      "Sign an order; nothing is published or sent.",
      "Whoever has a signed order may use it, so hand it only to those whom it is for."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche order sign app 0x5FbD..0aa3 --price 1 --for-requester 0x7099..79C8 --save a.json",
      "  ruche order sign request 0x5FbD..0aa3 --args hello --save r.json"
    })
final class SignCommand {
  private final Session session;

  SignCommand(Session session) {
    this.session = session;
  }

  /** What becomes of the order. */
  static final class Target {
    @Option(
        names = "--save",
        paramLabel = "FILE",
        description = "Write the order to this new file.")
    @Nullable
    Path file;

    @Option(
        names = "--unsigned",
        description = "Leave the signature out: `order publish --on-chain` signs it on the hub.")
    boolean isUnsigned;
  }

  @Command(
      name = "app",
      description = "Sign an order for an app of the wallet.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order sign app 0x5FbD..0aa3 --price 1 --save app-order.json",
        "  ruche order sign app 0x5FbD..0aa3 --price 1 --for-requester GROUP --save friends.json"
      })
  int app(
      @Parameters(paramLabel = "ADDRESS", description = "Of the app.") Address app,
      @Mixin Terms terms,
      @Mixin AudienceOptions.OfApp audience,
      @Mixin Target target) {
    return sign(target, client -> StandingOrders.app(app, terms.to(audience)));
  }

  @Command(
      name = "dataset",
      description = "Sign an order for a dataset of the wallet.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order sign dataset 0xCf7E..0Fc9 --price 0.5 --for-app 0x5FbD..0aa3 --save d.json",
        "  ruche order sign dataset 0xCf7E..0Fc9 --for-workerpool GROUP --save trusted.json"
      })
  int dataset(
      @Parameters(paramLabel = "ADDRESS", description = "Of the dataset.") Address dataset,
      @Mixin Terms terms,
      @Mixin AudienceOptions.OfDataset audience,
      @Mixin Target target) {
    return sign(target, client -> StandingOrders.dataset(dataset, terms.to(audience)));
  }

  @Command(
      name = "workerpool",
      description = "Sign an order for capacity of a workerpool of the wallet.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order sign workerpool 0xba05..E08A --price 2 --trust 5 --save pool-order.json",
        "  ruche order sign workerpool 0xba05..E08A --price 1 --for-requester GROUP --save p.json"
      })
  int workerpool(
      @Parameters(paramLabel = "ADDRESS", description = "Of the workerpool.") Address pool,
      @Option(
              names = "--category",
              paramLabel = "ID",
              defaultValue = "0",
              description = "Category it serves (default: ${DEFAULT-VALUE}).")
          long category,
      @Option(
              names = "--trust",
              paramLabel = "N",
              defaultValue = "16",
              description = "Highest trust it serves (default: ${DEFAULT-VALUE}).")
          long trust,
      @Mixin Terms terms,
      @Mixin AudienceOptions.OfWorkerpool audience,
      @Mixin Target target) {
    var offer = new PoolTerms(terms.to(audience), category, trust);
    return sign(target, client -> StandingOrders.workerpool(pool, offer));
  }

  @Command(
      name = "request",
      description = {
        "Sign an order that asks for runs.",
        "`ruche run` does this and more; here for pools and sponsors that match it themselves."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche order sign request 0x5FbD..0aa3 --args hello --pool-max-price 1 --save r.json",
        "  ruche order sign request 0x5FbD..0aa3 --workerpool GROUP --tasks 5 --save r.json"
      })
  int request(@Mixin RequestOptions options, @Mixin Target target) {
    return sign(target, client -> options.order(client.wallet().address()));
  }

  private int sign(Target target, Function<RucheClient, Order> draft) {
    try (var client = Connection.open(session)) {
      var orders = client.orders();
      var order = draft(draft, client);
      if (target.isUnsigned) {
        orders.requireUsable(order);
      } else {
        order = orders.signed(order);
      }
      if (target.file != null) {
        OrderFile.save(target.file, order);
        session.note("Saved as %s; show it to others with `ruche order publish %s`."
            .formatted(target.file, target.file));
      }
      var hash = order.hash(client.view().domain());
      session.answer(new Answer(
          OrderText.json(order, hash),
          List.of(new Fields(OrderText.fields(order, hash))),
          List.of(hash.hex())));
    }
    return ExitCode.OK;
  }

  private static Order draft(Function<RucheClient, Order> draft, RucheClient client) {
    try {
      return draft.apply(client);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "USAGE", e.getMessage() + ".", "See `ruche order sign --help`.", false, e);
    }
  }
}
