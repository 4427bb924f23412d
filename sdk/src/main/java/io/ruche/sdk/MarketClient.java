package io.ruche.sdk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealId;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import io.ruche.core.RequestOrder;
import io.ruche.core.TaskId;
import io.ruche.core.WorkerpoolOrder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The market of a Ruche server over HTTP: order board, and what a pool tells of its tasks. */
public final class MarketClient implements Market, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final int MAX_ANSWER_BYTES = 8 << 20;

  private final URI origin;
  private final long chainId;
  private final Signer signer;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  public MarketClient(URI origin, long chainId, Signer signer) {
    this.origin = origin;
    this.chainId = chainId;
    this.signer = signer;
  }

  @Override
  public List<AppOrder> appOrders(Address app) {
    return orders(
        "/apporders", "&app=" + app.checksummed() + anyOf("dataset", "workerpool"), OrderJson::app);
  }

  @Override
  public List<DatasetOrder> datasetOrders(Address dataset) {
    return orders(
        "/datasetorders",
        "&dataset=" + dataset.checksummed() + anyOf("app", "workerpool"),
        OrderJson::dataset);
  }

  @Override
  public List<WorkerpoolOrder> workerpoolOrders(long categoryId, long minTrust) {
    return orders(
        "/workerpoolorders",
        "&category=%d&minTrust=%d".formatted(categoryId, minTrust) + anyOf("app", "dataset"),
        OrderJson::workerpool);
  }

  @Override
  public OrderHash publish(Order order) {
    var path = path(order);
    var challenge = get(
        "/challenge?chainId=%d&address=%s".formatted(chainId, signer.address().checksummed()));
    var body = JSON.createObjectNode().set("order", OrderJson.write(order));
    var request = HttpRequest.newBuilder(origin.resolve(path + "?chainId=" + chainId))
        .timeout(ANSWER_LIMIT)
        .header("Authorization", read(path, () -> Challenge.read(challenge)).authorization(signer))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
    var answer = send(request);
    return read(
        path,
        () -> new OrderHash(answer.required("published").required("orderHash").asText()));
  }

  /** What the pool tells of a task: states, attempts, workers. Empty when it knows no such task. */
  public Optional<JsonNode> task(TaskId id) {
    return find("/tasks/" + id.hex());
  }

  /** What the pool tells of a deal. Empty when it knows no such deal. */
  public Optional<JsonNode> deal(DealId id) {
    return find("/deals/" + id.hex());
  }

  /** The server's own state. */
  public JsonNode status() {
    return get("/status");
  }

  private <O> List<O> orders(String path, String query, Function<JsonNode, O> reader) {
    var answer = get("%s?chainId=%d&pageSize=%d%s".formatted(path, chainId, MAX_OFFERS, query));
    return read(path, () -> {
      var orders = new ArrayList<O>();
      for (var entry : answer.required("orders")) {
        orders.add(reader.apply(entry.required("order")));
      }
      return orders;
    });
  }

  private String anyOf(String first, String second) {
    return "&%s=any&%s=any&requester=%s"
        .formatted(first, second, signer.address().checksummed());
  }

  private static String path(Order order) {
    return switch (order) {
      case AppOrder app -> "/apporders";
      case DatasetOrder dataset -> "/datasetorders";
      case WorkerpoolOrder pool -> "/workerpoolorders";
      case RequestOrder request -> "/requestorders";
    };
  }

  private Optional<JsonNode> find(String path) {
    var reply = exchange(request(path));
    return reply.status() == 404 ? Optional.empty() : Optional.of(accepted(path, reply));
  }

  private JsonNode get(String path) {
    return send(request(path));
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(origin.resolve(path))
        .timeout(ANSWER_LIMIT)
        .GET()
        .build();
  }

  private JsonNode send(HttpRequest request) {
    return accepted(request.uri().getPath(), exchange(request));
  }

  private record Reply(int status, String body) {}

  private Reply exchange(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (var stream = response.body()) {
        byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES);
        return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (HttpTimeoutException e) {
      throw SdkErrors.marketUnreachable(origin.toString(), "it did not answer in time", e);
    } catch (IOException e) {
      throw SdkErrors.marketUnreachable(origin.toString(), reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkErrors.marketUnreachable(origin.toString(), "the call was interrupted", e);
    }
  }

  private static String reason(IOException failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private JsonNode accepted(String path, Reply reply) {
    JsonNode json;
    try {
      json = JSON.readTree(reply.body());
    } catch (JacksonException e) {
      throw SdkErrors.marketAnswer(path, "it is not JSON (status %d)".formatted(reply.status()));
    }
    if (reply.status() >= 400 || !json.path("ok").asBoolean(true)) {
      throw SdkErrors.marketRefused(path, reply.status(), error(json));
    }
    return json;
  }

  private static String error(JsonNode json) {
    var error = json.path("error");
    return error.isTextual() ? error.asText() : error.toString();
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T read(String path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw SdkErrors.marketAnswer(path, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
