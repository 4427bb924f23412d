package io.ruche.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.app.AppModule;
import io.ruche.cli.app.ManifestText;
import io.ruche.cli.order.AudienceOptions;
import io.ruche.cli.order.Terms;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppOrder;
import io.ruche.core.AppType;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.manifest.Manifest;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers, offers and shows apps. */
@Command(
    name = "app",
    description = "Offer an app, or look at apps.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche app deploy risk.wasm --name risk --price 1",
      "  ruche app list                       what is registered, and what it costs"
    })
public final class AppCommand {
  private final Session session;

  public AppCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "deploy",
      description = {
        "Register an app and publish an order for it.",
        "A local file is stored with the market's server; a URL is fetched once for its checksum.",
        "An image is the archive of one, or the name of one in a registry with its digest."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche app deploy risk.wasm --name risk --price 1",
        "  ruche app deploy https://example.org/noop.wasm --price 0 --wallet bob",
        "  ruche app deploy sieve --type NATIVE --price 1",
        "  ruche app deploy image.tar --type DOCKER --price 1",
        "  ruche app deploy registry.example/lab/fit@sha256:9f86... --type DOCKER --price 1"
      })
  int deploy(
      @Parameters(paramLabel = "FILE_OR_URL", description = "The app.") String source,
      @Option(names = "--name", description = "Default: that of its manifest, or the file's.")
          @Nullable
          String name,
      @Option(
              names = "--type",
              defaultValue = "WASM",
              description = "${COMPLETION-CANDIDATES}: a WASI module, a program or script for"
                  + " Linux, an OCI image (default: ${DEFAULT-VALUE}).")
          AppType type,
      @Mixin Terms terms,
      @Mixin AudienceOptions.OfApp audience) {
    var manifest = type == AppType.WASM ? manifestOfFile(source) : Optional.<Manifest>empty();
    try (var client = Connection.open(session)) {
      client.requireAudience(audience.get());
      var published = client
          .publisher()
          .app(
              manifest.map(Manifest::name).filter(_ -> name == null).orElse(nameOf(source, name)),
              type.name(),
              isImage(type, source) ? Sources.image(source) : client.sources().publish(source),
              terms.to(audience));
      Offers.deployed(session, "app", published, terms.price());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Show one app: what it costs, and the functions of its manifest.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche app show 0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "  ruche app show chess.wasm            what a module or manifest.json says of itself"
      })
  int show(@Parameters(paramLabel = "ADDRESS_OR_FILE", description = "Of the app.") String source) {
    if (!source.startsWith("0x")) {
      var manifest = AppModule.manifestOf(Path.of(source));
      session.answer(new Answer(
          ManifestText.json(manifest), ManifestText.sections(manifest), List.of(manifest.name())));
      return ExitCode.OK;
    }
    try (var client = Connection.openToRead(session)) {
      var address = address(source);
      var app = client.view().app(address).orElseThrow(() -> unknown(address));
      answer(app, price(client, address), manifest(client, app));
    }
    return ExitCode.OK;
  }

  private static boolean isImage(AppType type, String source) {
    return type == AppType.DOCKER && source.contains("@sha256:");
  }

  private static Address address(String text) {
    try {
      return new Address(text);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "USAGE", e.getMessage() + ".", "See `ruche app show --help`.", false, e);
    }
  }

  /** What the app says of itself; none when its module cannot be fetched or says nothing. */
  private Optional<Manifest> manifest(RucheClient client, App app) {
    if (!app.type().equals(AppType.WASM.name())) {
      return Optional.empty();
    }
    try {
      byte[] module = client.sources().read(app.location(), app.checksum());
      return AppModule.manifest(module, app.location());
    } catch (RucheException e) {
      session.note("Its manifest cannot be read: " + e.sentence());
      return Optional.empty();
    }
  }

  @Command(
      name = "list",
      description = "List the newest apps of the hub.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche app list                       addresses, names, prices",
        "  ruche app list --output quiet        addresses only"
      })
  int list() {
    try (var client = Connection.openToRead(session)) {
      var lines = client.hub().registries().newestApps(Offers.LISTED).stream()
          .flatMap(address -> client.view().app(address).stream())
          .map(app ->
              new Offers.Line(app.address(), app.owner(), app.name(), price(client, app.address())))
          .toList();
      Offers.list(session, "app", lines);
    }
    return ExitCode.OK;
  }

  private void answer(App app, @Nullable TokenAmount price, Optional<Manifest> manifest) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", app.address().checksummed())
        .put("owner", app.owner().checksummed())
        .put("name", app.name())
        .put("type", app.type())
        .put("location", app.location())
        .put("sha256", app.checksum().hex())
        .put("price", price == null ? null : price.toString());
    var sections = new ArrayList<Section>();
    manifest.ifPresent(found -> {
      json.set("manifest", ManifestText.json(found));
      sections.addAll(ManifestText.sections(found));
    });
    sections.addFirst(fields(app, price));
    session.answer(new Answer(json, sections, List.of(app.address().checksummed())));
  }

  private static Fields fields(App app, @Nullable TokenAmount price) {
    return Fields.of(
        Fields.field("app", app.address().checksummed()),
        Fields.field("name", app.name()),
        Fields.field("type", app.type()),
        Fields.field("location", app.location()),
        Fields.field("sha256", app.checksum()),
        Fields.field("owner", app.owner().checksummed()),
        Fields.field("price", price == null ? "not offered" : price + " RUC per task"));
  }

  private static @Nullable TokenAmount price(RucheClient client, Address app) {
    return client.market().appOrders(app).stream()
        .map(AppOrder::price)
        .min(TokenAmount::compareTo)
        .orElse(null);
  }

  /**
   * A module on this machine is refused here when its manifest is wrong; others are as they are.
   */
  private Optional<Manifest> manifestOfFile(String source) {
    if (!source.endsWith(".wasm") || !Files.isRegularFile(Path.of(source))) {
      return Optional.empty();
    }
    var file = Path.of(source);
    var manifest = AppModule.manifest(AppModule.read(file), source);
    manifest.ifPresent(found -> session.note("Its manifest offers %s %s with %d functions."
        .formatted(found.name(), found.version(), found.functions().size())));
    return manifest;
  }

  static String nameOf(String source, @Nullable String name) {
    if (name != null) {
      return name;
    }
    var path = source.replaceAll("[?#].*", "");
    return String.valueOf(Path.of(path.substring(path.lastIndexOf('/') + 1)));
  }

  private static RucheException unknown(Address address) {
    return new RucheException(
        "APP_UNKNOWN",
        "no app is registered at %s on this hub.".formatted(address.checksummed()),
        "`ruche app list` shows what there is.",
        false);
  }
}
