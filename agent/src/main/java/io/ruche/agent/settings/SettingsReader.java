package io.ruche.agent.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.wallet.Secret;
import io.ruche.core.Address;
import io.ruche.core.MachineNeeds;
import io.ruche.core.RucheException;
import io.ruche.link.LinkLimits;
import io.ruche.sandbox.oci.ContainerSettings.Choice;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import io.ruche.worker.availability.RuleText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the settings: flag, then environment, then settings file, then default. All problems are
 * reported together; unknown names are refused.
 */
public final class SettingsReader {
  /** Names a file of settings in JSON, with the keys of {@link Option}. */
  public static final String FILE_FLAG = "--settings";

  static final String PASSWORD_VARIABLE = "RUCHE_PASSWORD";
  private static final int MAX_SLOTS = 128;
  private static final int MAX_MIB = 1 << 24;
  private static final JsonMapper JSON = new JsonMapper();
  private static final URI NOWHERE = URI.create("http://0.0.0.0");

  private final Map<String, String> environment;
  private final Map<Option, String> found = new EnumMap<>(Option.class);
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The settings that these arguments and variables give.
   *
   * @throws RucheException SETTINGS_INVALID with every problem
   */
  public static AgentSettings read(List<String> arguments, Map<String, String> environment) {
    var reader = new SettingsReader(environment);
    var flags = reader.readFlags(arguments);
    reader.readEnvironment();
    reader.found.putAll(flags);
    return reader.settings();
  }

  /** What the flags say; a settings file is read when it is named. */
  private Map<Option, String> readFlags(List<String> arguments) {
    var flags = new EnumMap<Option, String>(Option.class);
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      var argument = rest.removeFirst();
      int equals = argument.indexOf('=');
      var name = equals < 0 ? argument : argument.substring(0, equals);
      var option = Option.ofFlag(name);
      if (option.isEmpty() && !name.equals(FILE_FLAG)) {
        problems.add("unknown flag " + name);
      } else if (equals < 0 && option.filter(Option::isSwitch).isPresent()) {
        flags.put(option.get(), "true");
      } else if (equals < 0 && rest.isEmpty()) {
        problems.add(name + " needs a value");
      } else {
        var value = equals < 0 ? rest.removeFirst() : argument.substring(equals + 1);
        option.ifPresentOrElse(known -> flags.put(known, value), () -> readFile(value));
      }
    }
    return flags;
  }

  private void readFile(String name) {
    try {
      if (JSON.readTree(Files.readString(Path.of(name))) instanceof ObjectNode object) {
        object.properties().forEach(field -> readField(name, field));
      } else {
        problems.add("expected a JSON object in the settings file " + name);
      }
    } catch (JacksonException e) {
      problems.add("the settings file %s is not JSON: %s".formatted(name, e.getOriginalMessage()));
    } catch (IOException | InvalidPathException e) {
      problems.add("cannot read the settings file %s: %s".formatted(name, e));
    }
  }

  private void readField(String file, Map.Entry<String, JsonNode> field) {
    var option = Option.ofKey(field.getKey());
    if (option.isEmpty()) {
      problems.add("unknown key %s in the settings file %s".formatted(field.getKey(), file));
    } else if (!field.getValue().isValueNode()) {
      problems.add(
          "expected one value for %s in the settings file %s".formatted(field.getKey(), file));
    } else {
      found.put(option.get(), field.getValue().asText());
    }
  }

  private void readEnvironment() {
    for (var option : Option.values()) {
      var value = environment.get(option.variable());
      if (value != null) {
        found.put(option, value);
      }
    }
    for (var name : environment.keySet()) {
      if (name.startsWith("RUCHE_WORKER_")
          && Stream.of(Option.values()).noneMatch(option -> option.variable().equals(name))) {
        problems.add("unknown variable " + name);
      }
    }
  }

  private String text(Option option) {
    var value = found.get(option);
    if (value != null) {
      return value;
    }
    if (option.fallback() == null) {
      problems.add("%s is not set (or %s, or %s in the settings file)"
          .formatted(option.flag(), option.variable(), option.key()));
      return "";
    }
    return option.fallback();
  }

  private AgentSettings settings() {
    var pool = value(Option.POOL, "an http(s) origin", SettingsReader::uri, NOWHERE);
    var rpc = value(Option.RPC, "an http(s) address", SettingsReader::uri, NOWHERE);
    var slots = number(Option.SLOTS, 0, MAX_SLOTS);
    var home = value(Option.HOME, "a folder", Path::of, Path.of(""));
    var settings = new AgentSettings(
        pool,
        rpc,
        value(Option.CHAIN_ID, "a chain id", Long::parseLong, 0L),
        value(Option.HUB, "an address", Address::new, Address.ZERO),
        value(Option.WORKERPOOL, "an address", SettingsReader::addressOrZero, Address.ZERO),
        value(Option.ACCOUNT, "an address", SettingsReader::addressOrZero, Address.ZERO),
        value(Option.KEYSTORE, "a file", Path::of, Path.of("")),
        password(),
        home,
        slots == 0 ? Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_SLOTS) : slots,
        number(Option.MEMORY_MIB, 1, MAX_MIB),
        number(Option.CACHE_MIB, 1, MAX_MIB),
        number(Option.MAX_FETCH_MIB, 1, MAX_MIB),
        number(Option.MIN_FREE_MIB, 0, MAX_MIB),
        value(Option.IPFS_GATEWAYS, "http(s) origins", SettingsReader::uris, List.of()),
        value(
            Option.BUBBLEWRAP,
            "where-possible, required or never",
            text -> Bubblewrap.valueOf(constant(text)),
            Bubblewrap.WHERE_POSSIBLE),
        value(
            Option.CONTAINERS,
            "where-possible, podman, docker or never",
            text -> Choice.valueOf(constant(text)),
            Choice.WHERE_POSSIBLE),
        engines(home),
        flag(Option.ALLOW_PRIVATE_ADDRESSES),
        flag(Option.ALLOW_FILE_URLS),
        flag(Option.ALLOW_NETWORK),
        value(Option.GROUPS, "names of groups", SettingsReader::groups, List.of()),
        availability());
    if (problems.isEmpty()) {
      return settings;
    }
    throw new RucheException(
        "SETTINGS_INVALID",
        problems.stream().collect(Collectors.joining("; ", "", ".")),
        "See --help for all settings.",
        false);
  }

  private <T> T value(Option option, String expected, Function<String, T> parse, T otherwise) {
    var text = text(option);
    if (text.isEmpty() && option.fallback() == null) {
      return otherwise;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      problems.add("expected %s for %s, found '%s'".formatted(expected, option.flag(), text));
      return otherwise;
    }
  }

  private int number(Option option, int least, int most) {
    var expected = "a number from %d to %d".formatted(least, most);
    return value(
        option,
        expected,
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException(text);
          }
          return number;
        },
        least);
  }

  private boolean flag(Option option) {
    return value(
        option,
        "true or false",
        text -> switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException(text);
        },
        false);
  }

  private EngineSettings engines(Path home) {
    var choice = value(
        Option.WASM_ENGINE,
        "where-possible, chicory or wasmtime",
        text -> EngineSettings.Choice.valueOf(constant(text)),
        EngineSettings.Choice.WHERE_POSSIBLE);
    var library = text(Option.WASMTIME_LIBRARY);
    return EngineSettings.wherePossible(home.toAbsolutePath().normalize().resolve("engines"))
        .withChoice(choice)
        .withLibrary(library.isEmpty() ? null : Path.of(library));
  }

  private AvailabilitySettings availability() {
    var parsed = RuleText.parse(text(Option.AVAILABILITY));
    parsed
        .problems()
        .forEach(problem -> problems.add("%s: %s".formatted(Option.AVAILABILITY.flag(), problem)));
    var grace = value(
        Option.AVAILABILITY_GRACE,
        "a time such as 90s, 10m or 2h",
        SettingsReader::length,
        Duration.ZERO);
    return new AvailabilitySettings(
        parsed.rule(),
        grace,
        value(Option.POWER_SUPPLIES, "a folder", Path::of, Path.of("")),
        value(Option.THERMAL_ZONES, "a folder", Path::of, Path.of("")),
        text(Option.SURPLUS_METER),
        number(Option.POWER_WATTS, 0, 100_000));
  }

  private static Duration length(String text) {
    var length = RuleText.length(text);
    if (length == null) {
      throw new IllegalArgumentException(text);
    }
    return length;
  }

  private Secret password() {
    var file = text(Option.PASSWORD_FILE);
    if (file.isEmpty()) {
      return Secret.of(environment.getOrDefault(PASSWORD_VARIABLE, ""));
    }
    try {
      return Secret.of(Files.readString(Path.of(file)).strip());
    } catch (IOException | InvalidPathException e) {
      problems.add("cannot read the password file " + file);
      return Secret.of("");
    }
  }

  private static String constant(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Address addressOrZero(String text) {
    return text.isEmpty() ? Address.ZERO : new Address(text);
  }

  private static List<URI> uris(String text) {
    return parts(text).map(SettingsReader::uri).toList();
  }

  private static List<String> groups(String text) {
    var names = parts(text).toList();
    if (names.size() > LinkLimits.MAX_LISTED || !names.stream().allMatch(MachineNeeds::isName)) {
      throw new IllegalArgumentException(text);
    }
    return names;
  }

  private static Stream<String> parts(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }

  private static URI uri(String text) {
    var uri = URI.create(text);
    boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!isWeb || uri.getHost() == null) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }
}
