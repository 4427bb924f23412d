package io.ruche.cli.settings;

import io.ruche.cli.output.OutputFormat;
import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one call.
 *
 * @param network file that describes the network
 * @param wallet name or file of the signing wallet
 * @param passwordFile where the wallet's password is; null asks on the terminal
 * @param values each key's text and where it came from, for {@code config show}
 */
public record Settings(
    Path home,
    Path network,
    String wallet,
    @Nullable Path passwordFile,
    OutputFormat output,
    Map<Key, Value> values) {
  public static final String DEFAULT_WALLET = "default";

  /** A setting's text and its origin: a flag, a variable, a file, or {@code default}. */
  public record Value(String text, String origin) {}

  public Settings {
    values = Map.copyOf(values);
  }

  /**
   * Reads the settings; all problems are reported together.
   *
   * @param flags what the command line gave
   * @param environment the process's environment
   * @param userHome where {@code .ruche} is by default
   */
  public static Settings read(
      Map<Key, String> flags, Map<String, String> environment, Path userHome) {
    var values = new EnumMap<Key, Value>(Key.class);
    layer(
        values,
        Key.HOME,
        flags,
        environment,
        Map.of(),
        userHome.resolve(".ruche").toString());
    var home = Path.of(text(values, Key.HOME)).toAbsolutePath().normalize();
    var problems = new ArrayList<String>();
    var file = SettingsFile.read(home.resolve("settings.json"), problems);
    layer(
        values,
        Key.NETWORK,
        flags,
        environment,
        file,
        home.resolve("network.json").toString());
    layer(values, Key.WALLET, flags, environment, file, DEFAULT_WALLET);
    layer(values, Key.PASSWORD_FILE, flags, environment, file, "");
    layer(values, Key.OUTPUT, flags, environment, file, OutputFormat.table.name());
    var output = output(text(values, Key.OUTPUT), problems);
    if (!problems.isEmpty()) {
      throw invalid(problems);
    }
    var passwordFile = text(values, Key.PASSWORD_FILE);
    return new Settings(
        home,
        Path.of(text(values, Key.NETWORK)).toAbsolutePath(),
        text(values, Key.WALLET),
        passwordFile.isEmpty() ? null : Path.of(passwordFile).toAbsolutePath(),
        output,
        values);
  }

  private static void layer(
      Map<Key, Value> values,
      Key key,
      Map<Key, String> flags,
      Map<String, String> environment,
      Map<Key, Value> file,
      String fallback) {
    var flag = flags.get(key);
    var variable = environment.getOrDefault(key.variable(), "");
    var fromFile = file.get(key);
    if (flag != null) {
      values.put(key, new Value(flag, key.flag()));
    } else if (!variable.isBlank()) {
      values.put(key, new Value(variable, key.variable()));
    } else if (fromFile != null) {
      values.put(key, fromFile);
    } else {
      values.put(key, new Value(fallback, "default"));
    }
  }

  private static OutputFormat output(String text, List<String> problems) {
    return Arrays.stream(OutputFormat.values())
        .filter(format -> format.name().equals(text))
        .findFirst()
        .orElseGet(() -> {
          problems.add("expected output to be table, json or quiet, found " + text);
          return OutputFormat.table;
        });
  }

  private static String text(Map<Key, Value> values, Key key) {
    var value = values.get(key);
    return value == null ? "" : value.text();
  }

  private static RucheException invalid(List<String> problems) {
    return new RucheException(
        "SETTINGS_INVALID",
        String.join("; ", problems),
        "Correct the setting; `ruche config show` lists every key and its origin.",
        false);
  }
}
