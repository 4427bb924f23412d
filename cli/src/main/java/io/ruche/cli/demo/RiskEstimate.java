package io.ruche.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one task of the risk-analysis app found, as fractions of the invested sum: 0.05 is a loss of
 * 5 %.
 *
 * @param horizonDays trading days ahead
 * @param var95 loss that 95 % of the sampled paths stay under
 * @param es95 mean loss of the other 5 %
 */
record RiskEstimate(
    int horizonDays, long paths, double var95, double es95, double var99, double es99) {

  /** Reads the app's {@code risk.json}; an exception names the key that is missing. */
  static RiskEstimate read(JsonNode json) {
    return new RiskEstimate(
        (int) number(json, "horizonDays"),
        (long) number(json, "paths"),
        number(json, "var95"),
        number(json, "es95"),
        number(json, "var99"),
        number(json, "es99"));
  }

  private static double number(JsonNode json, String key) {
    if (!json.path(key).isNumber()) {
      throw new IllegalArgumentException("expected a number for %s in %s".formatted(key, json));
    }
    return json.get(key).doubleValue();
  }
}
