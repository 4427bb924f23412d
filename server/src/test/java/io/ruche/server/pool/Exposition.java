package io.ruche.server.pool;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A reader of Prometheus' text format 0.0.4 that refuses what the format does not allow.
 *
 * @param types of each metric, by the name that {@code # TYPE} gives
 * @param samples values by name with labels, as written
 */
record Exposition(Map<String, String> types, Map<String, Double> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(?:\\{([a-z]+)=\"([^\"\\\\]*)\"})? ([-+0-9.eEInfNa]+)");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_.+ -]{1,40}");

  static Exposition parse(String text) {
    var helped = new LinkedHashSet<String>();
    var types = new LinkedHashMap<String, String>();
    var samples = new LinkedHashMap<String, Double>();
    for (var line : text.lines().toList()) {
      var words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        require(helped.add(words[2]) && !words[3].isBlank(), line);
      } else if (line.startsWith("# TYPE ")) {
        require(helped.contains(words[2]) && types.put(words[2], words[3]) == null, line);
      } else {
        var sample = SAMPLE.matcher(line);
        require(sample.matches() && types.containsKey(family(sample.group(1), types)), line);
        var label = sample.group(3);
        require(label == null || isBounded(label), line);
        var key = line.substring(0, line.lastIndexOf(' '));
        var value = sample.group(4).equals("+Inf") ? Double.POSITIVE_INFINITY : 0;
        value = value == 0 ? Double.parseDouble(sample.group(4)) : value;
        require(samples.put(key, value) == null, line);
      }
    }
    return new Exposition(types, samples);
  }

  /** Names that a query may use. */
  Set<String> names() {
    var names = new LinkedHashSet<String>();
    samples.keySet().forEach(key -> names.add(key.replaceAll("\\{.*", "")));
    return names;
  }

  double value(String key) {
    var value = samples.get(key);
    if (value == null) {
      throw new AssertionError("no sample " + key + " in " + samples.keySet());
    }
    return value;
  }

  private static String family(String name, Map<String, String> types) {
    var stem = name.replaceAll("_(bucket|sum|count)$", "");
    return "histogram".equals(types.get(stem)) ? stem : name;
  }

  /** Neither an id nor an address. */
  private static boolean isBounded(String label) {
    return LABEL.matcher(label).matches() && !label.contains("0x");
  }

  private static void require(boolean holds, String line) {
    if (!holds) {
      throw new AssertionError("not in the text format: " + line);
    }
  }
}
