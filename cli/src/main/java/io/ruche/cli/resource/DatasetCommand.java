package io.ruche.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.order.AudienceOptions;
import io.ruche.cli.order.Terms;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Address;
import io.ruche.core.Dataset;
import io.ruche.core.DatasetOrder;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers, offers and shows datasets. */
@Command(
    name = "dataset",
    description = "Offer a dataset, or look at datasets.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche dataset deploy prices.csv --name prices --price 0.5",
      "  ruche dataset list                       what is registered, and what it costs"
    })
public final class DatasetCommand {
  private final Session session;

  public DatasetCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "deploy",
      description = {
        "Register a dataset and publish an order for it.",
        "A local file is stored with the market's server; a URL is fetched once for its checksum."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche dataset deploy prices.csv --name prices --price 0.5",
        "  ruche dataset deploy https://example.org/prices.csv --price 0 --wallet bob"
      })
  int deploy(
      @Parameters(paramLabel = "FILE_OR_URL", description = "The file.") String source,
      @Option(names = "--name", description = "Default: the file's name.") @Nullable String name,
      @Mixin Terms terms,
      @Mixin AudienceOptions.OfDataset audience) {
    try (var client = Connection.open(session)) {
      client.requireAudience(audience.get());
      var published = client
          .publisher()
          .dataset(
              AppCommand.nameOf(source, name),
              client.sources().publish(source),
              terms.to(audience));
      Offers.deployed(session, "dataset", published, terms.price());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Show one dataset and what it costs.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche dataset show 0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "  ruche dataset show 0x5FbDB2315678afecb367f032d93F642f64180aa3 --output json"
      })
  int show(@Parameters(paramLabel = "ADDRESS", description = "Of the dataset.") Address address) {
    try (var client = Connection.openToRead(session)) {
      var dataset = client.view().dataset(address).orElseThrow(() -> unknown(address));
      answer(dataset, price(client, address));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "list",
      description = "List the newest datasets of the hub.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche dataset list                       addresses, names, prices",
        "  ruche dataset list --output quiet        addresses only"
      })
  int list() {
    try (var client = Connection.openToRead(session)) {
      var lines = client.hub().registries().newestDatasets(Offers.LISTED).stream()
          .flatMap(address -> client.view().dataset(address).stream())
          .map(dataset -> new Offers.Line(
              dataset.address(), dataset.owner(), dataset.name(), price(client, dataset.address())))
          .toList();
      Offers.list(session, "dataset", lines);
    }
    return ExitCode.OK;
  }

  private void answer(Dataset dataset, @Nullable TokenAmount price) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", dataset.address().checksummed())
        .put("owner", dataset.owner().checksummed())
        .put("name", dataset.name())
        .put("location", dataset.location())
        .put("sha256", dataset.checksum().hex())
        .put("price", price == null ? null : price.toString());
    session.answer(new Answer(
        json,
        List.of(Fields.of(
            Fields.field("dataset", dataset.address().checksummed()),
            Fields.field("name", dataset.name()),
            Fields.field("location", dataset.location()),
            Fields.field("sha256", dataset.checksum()),
            Fields.field("owner", dataset.owner().checksummed()),
            Fields.field("price", price == null ? "not offered" : price + " RUC per task"))),
        List.of(dataset.address().checksummed())));
  }

  private static @Nullable TokenAmount price(RucheClient client, Address dataset) {
    return client.market().datasetOrders(dataset).stream()
        .map(DatasetOrder::price)
        .min(TokenAmount::compareTo)
        .orElse(null);
  }

  private static RucheException unknown(Address address) {
    return new RucheException(
        "DATASET_UNKNOWN",
        "no dataset is registered at %s on this hub.".formatted(address.checksummed()),
        "`ruche dataset list` shows what there is.",
        false);
  }
}
