package io.ruche.server.status;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.store.SqlResultIndex;

/** {@code /apps/<address>/usage}: what the latest good runs of an app used here. */
public final class AppRoutes implements HttpOrigin.Routes {
  private static final int RUNS = 200;

  private final SqlResultIndex results;

  public AppRoutes(SqlResultIndex results) {
    this.results = results;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/apps/{app}/usage", this::usage);
  }

  private void usage(Context context) {
    var app = Read.addressIn(context, "app");
    var runs = results.usageOf(app, RUNS);
    if (runs.isEmpty()) {
      throw HttpProblem.notFound(
          "APP_UNUSED", "no run of app %s is known here.".formatted(app.checksummed()));
    }
    var usage = AppUsage.of(runs);
    var json = Json.object()
        .put("ok", true)
        .put("app", app.checksummed())
        .put("runs", usage.runs())
        .put("medianRunMillis", usage.medianRunMillis());
    if (usage.medianFuel() > 0) {
      json.put("medianFuel", usage.medianFuel())
          .put("p90Fuel", usage.p90Fuel())
          .put("fuelPerSecond", usage.fuelPerSecond());
    }
    Json.answer(context, json);
  }
}
