package io.ruche.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given as text, and where: flags beat the environment, which beats the file. */
final class GivenSettings {
  private static final String SETTINGS_FLAG = "settings";

  private final Map<Key, Given> values = new EnumMap<>(Key.class);
  private final List<String> problems = new ArrayList<>();

  /**
   * The text of a setting.
   *
   * @param origin such as {@code flag --port}
   */
  record Given(String text, String origin) {}

  /**
   * Collects; what cannot be understood is among {@link #problems}.
   *
   * @param secrets variables that are no setting and are known all the same
   */
  static GivenSettings collect(
      List<String> flags, Map<String, String> environment, List<String> secrets) {
    var given = new GivenSettings();
    given.read(flags, environment);
    given.refuseUnknown(environment, secrets);
    return given;
  }

  /** The text given for a key, or its default. */
  Given of(Key key) {
    return values.getOrDefault(key, new Given(key.fallback(), "default"));
  }

  List<String> problems() {
    return problems;
  }

  private void read(List<String> flags, Map<String, String> environment) {
    var given = new EnumMap<Key, Given>(Key.class);
    @Nullable Path file = null;
    for (int i = 0; i < flags.size(); i++) {
      var flag = flags.get(i);
      int equals = flag.indexOf('=');
      var name =
          flag.startsWith("--") ? flag.substring(2, equals < 0 ? flag.length() : equals) : flag;
      if (equals < 0 && i + 1 == flags.size()) {
        problems.add("no value is given for --" + name);
        continue;
      }
      var value = equals < 0 ? flags.get(++i) : flag.substring(equals + 1);
      if (name.equals(SETTINGS_FLAG)) {
        file = Path.of(value);
      } else {
        put(given, name, new Given(value, "flag --" + name), "flag --");
      }
    }
    if (file != null) {
      readFile(file);
    }
    for (var key : Key.values()) {
      var variable = environment.get(key.variable());
      if (variable != null) {
        values.put(key, new Given(variable, "variable " + key.variable()));
      }
    }
    values.putAll(given);
  }

  private void readFile(Path file) {
    try {
      for (var line : Files.readAllLines(file)) {
        var text = line.strip();
        int equals = text.indexOf('=');
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        if (equals < 0) {
          problems.add("expected key = value in %s, found: %s".formatted(file, text));
          continue;
        }
        put(
            values,
            text.substring(0, equals).strip(),
            new Given(text.substring(equals + 1).strip(), "file " + file),
            "key in " + file + ": ");
      }
    } catch (IOException e) {
      problems.add("cannot read the settings file %s: %s".formatted(file, e));
    }
  }

  private void put(Map<Key, Given> target, String name, Given value, String where) {
    for (var key : Key.values()) {
      if (key.text().equals(name)) {
        target.put(key, value);
        return;
      }
    }
    problems.add("unknown " + where + name);
  }

  private void refuseUnknown(Map<String, String> environment, List<String> secrets) {
    var known = Arrays.stream(Key.values()).map(Key::variable).toList();
    environment.keySet().stream()
        .filter(name -> name.startsWith("RUCHE_SERVER_"))
        .filter(name -> !known.contains(name) && !secrets.contains(name))
        .sorted()
        .forEach(name -> problems.add("unknown variable " + name));
  }
}
