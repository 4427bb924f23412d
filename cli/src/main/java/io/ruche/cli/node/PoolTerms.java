package io.ruche.cli.node;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's server says of itself. Nothing of it is trusted: hub and workerpool are looked up
 * on the chain, and whoever joins decides by which node.
 *
 * @param rpc node that the pool advises, null for none
 */
record PoolTerms(
    URI origin,
    long chainId,
    Address hub,
    Address workerpool,
    @Nullable URI rpc) {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int MAX_BYTES = 65_536;
  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Asks the server.
   *
   * @throws RucheException POOL_UNREACHABLE or POOL_INVALID
   */
  static PoolTerms ask(URI origin) {
    var request =
        HttpRequest.newBuilder(origin.resolve("/status")).timeout(LIMIT).build();
    try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      var answer = http.send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        var text = new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        if (answer.statusCode() != OK) {
          throw invalid(origin, "expected status 200, found " + answer.statusCode());
        }
        return of(origin, JSON.readTree(text));
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw invalid(origin, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw unreachable(origin, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RucheException("CANCELLED", "the wait was interrupted.", "", false, e);
    }
  }

  static PoolTerms of(URI origin, JsonNode status) {
    var rpc = status.path("rpc").asText("");
    return new PoolTerms(
        origin,
        status.required("chainId").asLong(),
        new Address(status.required("hub").asText()),
        new Address(status.required("pool").required("workerpool").asText()),
        rpc.isEmpty() ? null : URI.create(rpc));
  }

  static RucheException unreachable(URI origin, IOException cause) {
    return new RucheException(
        "POOL_UNREACHABLE",
        "the pool at %s does not answer: %s.".formatted(origin, cause),
        "Check the address, and that this machine may open connections to it.",
        true,
        cause);
  }

  private static RucheException invalid(URI origin, String reason) {
    return new RucheException(
        "POOL_INVALID",
        "%s is not the origin of a pool: %s.".formatted(origin, reason),
        "Ask the pool's operator for its address.",
        false);
  }
}
