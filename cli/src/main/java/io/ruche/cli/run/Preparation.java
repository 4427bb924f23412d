package io.ruche.cli.run;

import io.ruche.cli.Session;
import io.ruche.cli.app.AppModule;
import io.ruche.cli.app.FunctionCall;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppType;
import io.ruche.core.DealParams;
import io.ruche.core.FuelText;
import io.ruche.core.RucheException;
import io.ruche.core.Tag;
import io.ruche.sdk.Demand;
import io.ruche.sdk.RucheClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns options into a demand, and checks that what it names can be fetched. */
final class Preparation {
  private final Session session;
  private final RucheClient client;

  Preparation(Session session, RucheClient client) {
    this.session = session;
    this.client = client;
  }

  /** The call of a function, checked against the manifest that the app carries; null for none. */
  @Nullable
  FunctionCall call(RunOptions options) {
    if (options.function == null) {
      if (!options.arguments.isEmpty()) {
        throw usage("expected a --function for --arg", null);
      }
      return null;
    }
    if (!options.args.isEmpty()) {
      throw usage("expected either --function or --args, found both", null);
    }
    var app = client
        .view()
        .app(options.app)
        .orElseThrow(() -> usage("no app is registered at " + options.app.checksummed(), null));
    byte[] module = client.sources().read(app.location(), app.checksum());
    var manifest = AppModule.requireManifest(module, "the app " + app.name());
    return FunctionCall.of(manifest, options.function, options.arguments);
  }

  Demand demand(RunOptions options, @Nullable FunctionCall call, Address payer) {
    try {
      return new Demand(
          client.wallet().address(),
          options.app,
          options.dataset,
          options.workerpool,
          options.tasks,
          options.category,
          options.trust,
          Tag.NONE,
          new DealParams(
              call == null ? options.args : call.args(),
              List.of(),
              inputs(options.inputs),
              NeedsText.parse(options.needs),
              maxFuel(options),
              options.maxQueueSeconds,
              options.maxRunSeconds,
              false),
          options.maxPrice,
          payer);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()), e);
    }
  }

  private long maxFuel(RunOptions options) {
    if (options.maxFuel == null) {
      return 0;
    }
    var type = client.view().app(options.app).map(App::type).orElse(AppType.WASM.name());
    if (!type.equals(AppType.WASM.name())) {
      throw usage("expected no --max-fuel, as runs of type %s count none".formatted(type), null);
    }
    return FuelText.parse(options.maxFuel);
  }

  private static RucheException usage(String message, @Nullable Throwable cause) {
    return new RucheException("USAGE", message + ".", "See `ruche run --help`.", false, cause);
  }

  private List<DealParams.Input> inputs(List<String> named) {
    var inputs = new ArrayList<DealParams.Input>();
    for (var input : named) {
      var source = client.sources().publish(input);
      inputs.add(new DealParams.Input(source.location(), source.sha256(), nameOf(input)));
    }
    return inputs;
  }

  private static String nameOf(String input) {
    var path = input.replaceAll("[?#].*", "");
    return String.valueOf(Path.of(path.substring(path.lastIndexOf('/') + 1)));
  }

  /**
   * A wrong checksum or a dead URL costs nothing before the match, and a certified failure after.
   */
  void requireFetchable(Demand demand) {
    client.view().app(demand.app()).ifPresent(app -> {
      session.note("Checking the app at " + app.location());
      client.sources().requireFetchable(app);
    });
    if (demand.hasDataset()) {
      client.view().dataset(demand.dataset()).ifPresent(dataset -> {
        session.note("Checking the dataset at " + dataset.location());
        client.sources().requireFetchable(dataset.location(), dataset.checksum());
      });
    }
  }
}
