package io.ruche.server.standby;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import java.util.function.Supplier;

/** What a server that stands by answers: it lives, and is not the one to talk to. */
final class StandbyRoutes implements HttpOrigin.Routes {
  private final Supplier<String> master;

  StandbyRoutes(Supplier<String> master) {
    this.master = master;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/health",
        context -> Json.answer(context, Json.object().put("ok", true).put("role", "standby")));
    routes.get("/ready", context -> {
      throw new HttpProblem(
          503,
          "STANDBY",
          "role standby: the master is %s.".formatted(master.get()),
          "Send workers and requesters to the master.");
    });
  }
}
