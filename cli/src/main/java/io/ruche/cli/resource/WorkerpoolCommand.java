package io.ruche.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.order.AudienceOptions;
import io.ruche.cli.order.Terms;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.core.Workerpool;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.sdk.Publisher.PoolTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers, offers and shows workerpools. */
@Command(
    name = "workerpool",
    description = "Offer a workerpool, or look at workerpools.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche workerpool deploy --description 'night shift' --price 2 --trust 5",
      "  ruche workerpool list                what is registered, and what it costs"
    })
public final class WorkerpoolCommand {
  private final Session session;

  public WorkerpoolCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "deploy",
      description = {
        "Register a workerpool; with a price, also publish an order for its capacity.",
        "`ruche pool start --price` publishes orders too, and keeps them on offer."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche workerpool deploy --description lab --wallet pool",
        "  ruche workerpool deploy --description 'night shift' --price 2 --trust 5"
      })
  int deploy(
      @Option(
              names = "--description",
              paramLabel = "TEXT",
              required = true,
              description = "What the pool says of itself.")
          String description,
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
      @Option(
              names = "--price",
              paramLabel = "RUC",
              description = "Publish an order at this price per task (default: publish none).")
          @Nullable
          TokenAmount price,
      @Option(
              names = "--volume",
              paramLabel = "N",
              defaultValue = "1000000",
              description = "Tasks that the order allows in all (default: ${DEFAULT-VALUE}).")
          long volume,
      @Mixin AudienceOptions.OfWorkerpool audience) {
    var terms = price == null ? null : Terms.of(price, volume, audience);
    try (var client = Connection.open(session)) {
      client.requireAudience(audience.get());
      var address = client.transactions().createWorkerpool(description);
      if (terms == null) {
        answer(client.view().workerpool(address).orElseThrow(() -> unknown(address)), List.of());
        return ExitCode.OK;
      }
      session.note("Workerpool %s is registered; publishing its order.".formatted(address));
      var offer = new PoolTerms(terms, category, trust);
      var published = client.publisher().workerpool(address, offer);
      Offers.deployed(session, "workerpool", published, terms.price());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Show one workerpool and its open offers.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche workerpool show 0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "  ruche workerpool show 0x5FbDB2315678afecb367f032d93F642f64180aa3 --output json"
      })
  int show(@Parameters(paramLabel = "ADDRESS", description = "Of the pool.") Address address) {
    try (var client = Connection.openToRead(session)) {
      var pool = client.view().workerpool(address).orElseThrow(() -> unknown(address));
      answer(pool, client.market().ordersOfPool(address));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "list",
      description = "List the newest workerpools of the hub.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche workerpool list                addresses, descriptions, prices",
        "  ruche workerpool list --output quiet addresses only"
      })
  int list() {
    try (var client = Connection.openToRead(session)) {
      var lines = client.hub().registries().newestWorkerpools(Offers.LISTED).stream()
          .flatMap(address -> client.view().workerpool(address).stream())
          .map(pool -> new Offers.Line(
              pool.address(),
              pool.owner(),
              pool.description(),
              client.market().ordersOfPool(pool.address()).stream()
                  .map(WorkerpoolOrder::price)
                  .min(TokenAmount::compareTo)
                  .orElse(null)))
          .toList();
      Offers.list(session, "workerpool", lines);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "policy",
      description = {
        "Show what a pool asks of workers and keeps of rewards, or change it.",
        "The stake is what a worker risks with each contribution, as a share of the pool's price;",
        "it goes to the others when it is out-voted. The rest of each reward goes to the workers.",
        "A change counts for deals that are made from then on."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche workerpool policy 0xba05..E08A                  what it is now",
        "  ruche workerpool policy 0xba05..E08A --worker-stake 50 --pool-share 10"
      })
  int policy(
      @Parameters(paramLabel = "ADDRESS", description = "Of the pool.") Address address,
      @Option(
              names = "--worker-stake",
              paramLabel = "PERCENT",
              description = "What a worker stakes, in percent of the price (default: as it is).")
          @Nullable
          Long workerStake,
      @Option(
              names = "--pool-share",
              paramLabel = "PERCENT",
              description = "What the pool keeps of each reward, 0 to 100 (default: as it is).")
          @Nullable
          Long poolShare) {
    Policy.requireRange("--worker-stake", workerStake, Policy.MAX_WORKER_STAKE);
    Policy.requireRange("--pool-share", poolShare, Policy.MAX_POOL_SHARE);
    boolean isChange = workerStake != null || poolShare != null;
    try (var client = isChange ? Connection.open(session) : Connection.openToRead(session)) {
      var pool = client.view().workerpool(address).orElseThrow(() -> unknown(address));
      var wanted = Policy.of(pool).with(workerStake, poolShare);
      if (isChange) {
        session.note(wanted.change(client, pool));
      }
      session.answer(wanted.answer(pool));
    }
    return ExitCode.OK;
  }

  private void answer(Workerpool pool, List<WorkerpoolOrder> orders) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", pool.address().checksummed())
        .put("owner", pool.owner().checksummed())
        .put("description", pool.description())
        .put("workerStakePercent", pool.workerStakeRatio())
        .put("schedulerRewardPercent", pool.schedulerRewardRatio());
    var array = json.putArray("offers");
    orders.forEach(order -> array
        .addObject()
        .put("category", order.categoryId())
        .put("trust", order.trust())
        .put("price", order.price().toString())
        .put("volume", order.volume()));
    var rows = orders.stream()
        .map(order -> List.of(
            Cell.of(order.categoryId()),
            Cell.of(order.trust()),
            Cell.of(order.price() + " RUC"),
            Cell.of(order.volume())))
        .toList();
    session.answer(new Answer(
        json,
        List.of(
            Fields.of(
                Fields.field("workerpool", pool.address().checksummed()),
                Fields.field("description", pool.description()),
                Fields.field("owner", pool.owner().checksummed()),
                Fields.field("worker stake", pool.workerStakeRatio() + " % of the price"),
                Fields.field("pool's share", pool.schedulerRewardRatio() + " % of the reward")),
            new Table(List.of("CATEGORY", "TRUST UP TO", "PRICE", "VOLUME"), rows)),
        List.of(pool.address().checksummed())));
  }

  private static RucheException unknown(Address address) {
    return new RucheException(
        "WORKERPOOL_UNKNOWN",
        "no workerpool is registered at %s on this hub.".formatted(address.checksummed()),
        "`ruche workerpool list` shows what there is.",
        false);
  }
}
