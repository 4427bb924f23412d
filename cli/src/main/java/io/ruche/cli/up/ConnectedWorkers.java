package io.ruche.cli.up;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks a pool's server which workers are connected. */
public final class ConnectedWorkers {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final URI market;

  public ConnectedWorkers(URI market) {
    this.market = market;
  }

  /** The worker's address once it is connected. */
  public Optional<Address> find(Address worker) {
    var request =
        HttpRequest.newBuilder(market.resolve("/workers")).timeout(LIMIT).build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      for (var entry : answer.path("workers")) {
        if (entry.path("worker").asText().equalsIgnoreCase(worker.hex())) {
          return Optional.of(worker);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
