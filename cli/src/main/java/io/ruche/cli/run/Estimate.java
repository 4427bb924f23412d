package io.ruche.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.Address;
import io.ruche.core.FuelText;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.util.Locale;

/**
 * What earlier runs of an app used, as the market's pool knows from its workers.
 *
 * @param told the pool's words; empty when it knows no run, or cannot say
 */
record Estimate(JsonNode told) {
  static Estimate ask(RucheClient client, Address app) {
    try {
      return new Estimate(
          client.market().appUsage(app).orElse(JsonNodeFactory.instance.objectNode()));
    } catch (RucheException e) {
      return new Estimate(JsonNodeFactory.instance.objectNode());
    }
  }

  String sentence() {
    int runs = told.path("runs").asInt();
    if (runs == 0) {
      return "No earlier run of this app is known here; `ruche app call` measures one.";
    }
    var each = String.format(Locale.ROOT, "%.1f s", told.path("medianRunMillis").asLong() / 1000.0);
    return told.has("medianFuel")
        ? "Earlier runs of this app here: %s fuel (median of %d, 90 %% under %s), about %s each."
            .formatted(
                FuelText.of(told.path("medianFuel").asLong()),
                runs,
                FuelText.of(told.path("p90Fuel").asLong()),
                each)
        : "Earlier runs of this app here: about %s each (median of %d).".formatted(each, runs);
  }

  /** The figures; empty when there are none. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    for (var key :
        new String[] {"runs", "medianFuel", "p90Fuel", "medianRunMillis", "fuelPerSecond"}) {
      if (told.has(key)) {
        json.put(key, told.path(key).asLong());
      }
    }
    return json;
  }
}
