package io.ruche.cli.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.output.Reason;
import io.ruche.cli.settings.Settings.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code settings.json} of a home: one object of texts. */
final class SettingsFile {
  private static final JsonMapper JSON = new JsonMapper();

  private SettingsFile() {}

  /** Its values; a missing file has none. Problems are added to {@code problems}. */
  static Map<Key, Value> read(Path file, List<String> problems) {
    var values = new EnumMap<Key, Value>(Key.class);
    if (!Files.exists(file)) {
      return values;
    }
    JsonNode json;
    try {
      json = JSON.readTree(Files.readString(file));
    } catch (JacksonException e) {
      problems.add("%s is not JSON: %s".formatted(file, Reason.of(e)));
      return values;
    } catch (IOException e) {
      problems.add("cannot read %s: %s".formatted(file, Reason.of(e)));
      return values;
    }
    if (!json.isObject()) {
      problems.add("expected %s to hold one JSON object".formatted(file));
    }
    json.properties()
        .forEach(field -> Key.ofFileKey(field.getKey())
            .filter(key -> key != Key.HOME)
            .ifPresentOrElse(
                key -> values.put(key, new Value(field.getValue().asText(), file.toString())),
                () -> problems.add("unknown key %s in %s; known are %s"
                    .formatted(field.getKey(), file, knownKeys()))));
    return values;
  }

  private static String knownKeys() {
    return Arrays.stream(Key.values())
        .filter(key -> key != Key.HOME)
        .map(Key::fileKey)
        .collect(Collectors.joining(", "));
  }
}
