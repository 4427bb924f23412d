package io.ruche.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Signatures;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealId;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import io.ruche.core.RequestOrder;
import io.ruche.core.Sha256;
import io.ruche.core.TaskId;
import io.ruche.core.WorkerpoolOrder;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The market of a Ruche server over HTTP: order board, file store, and what a pool tells of its
 * tasks. Any thread may call.
 */
public final class MarketClient implements Market, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> ORDER_PATHS =
      List.of("/apporders", "/datasetorders", "/workerpoolorders", "/requestorders");
  private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(30);

  private final JsonHttp http;
  private final long chainId;
  private final Signer signer;

  public MarketClient(URI origin, long chainId, Signer signer) {
    this.http = new JsonHttp(origin);
    this.chainId = chainId;
    this.signer = signer;
  }

  /** For reading only: whatever needs a signature is signed by a wallet that nobody knows. */
  public static MarketClient toRead(URI origin, long chainId) {
    return new MarketClient(origin, chainId, new WalletSigner(Wallet.random()));
  }

  @Override
  public List<AppOrder> appOrders(Address app) {
    return orders("/apporders", "app=%s&dataset=any&workerpool=any".formatted(app), OrderJson::app);
  }

  @Override
  public List<DatasetOrder> datasetOrders(Address dataset) {
    return orders(
        "/datasetorders",
        "dataset=%s&app=any&workerpool=any".formatted(dataset),
        OrderJson::dataset);
  }

  @Override
  public List<WorkerpoolOrder> workerpoolOrders(long categoryId, long minTrust) {
    return orders(
        "/workerpoolorders",
        "category=%d&minTrust=%d&app=any&dataset=any".formatted(categoryId, minTrust),
        OrderJson::workerpool);
  }

  /** Open offers of one workerpool, of any category. */
  public List<WorkerpoolOrder> ordersOfPool(Address pool) {
    return orders(
        "/workerpoolorders",
        "workerpool=%s&app=any&dataset=any".formatted(pool),
        OrderJson::workerpool);
  }

  @Override
  public OrderHash publish(Order order) {
    var path = path(order);
    var answered = http.get(
        "/challenge?chainId=%d&address=%s".formatted(chainId, signer.address().checksummed()));
    var challenge = read(path, () -> Challenge.read(answered));
    var body = JSON.createObjectNode().set("order", OrderJson.write(order));
    var answer = http.send(http.request(path + "?chainId=" + chainId)
        .header("Authorization", challenge.authorization(signer))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build());
    return read(
        path,
        () -> new OrderHash(answer.required("published").required("orderHash").asText()));
  }

  @Override
  public Optional<Listing> find(OrderHash hash) {
    for (var path : ORDER_PATHS) {
      var found = http.find("%s/%s?chainId=%d".formatted(path, hash.hex(), chainId));
      if (found.isPresent()) {
        return found.map(entry -> read(path, () -> listing(hash, entry)));
      }
    }
    return Optional.empty();
  }

  private static Listing listing(OrderHash hash, JsonNode entry) {
    return new Listing(
        OrderJson.read(entry.required("order")),
        hash,
        entry.path("remaining").asLong(),
        entry.path("status").asText().equals("open"));
  }

  /**
   * Stores a file with the server and returns the URL under which anybody fetches it.
   *
   * @param sha256 of its bytes, which the server checks
   */
  public URI upload(Path file, Sha256 sha256) {
    var text = "Ruche file publication\nchain: %d\nsha256: %s".formatted(chainId, sha256);
    var hash = Signatures.messageHash(text.getBytes(StandardCharsets.UTF_8));
    var path = "/data/" + sha256.hex();
    try {
      var answer = http.send(http.request(path)
          .timeout(UPLOAD_LIMIT)
          .header("Ruche-Address", signer.address().checksummed())
          .header("Ruche-Signature", signer.signDigest(hash).hex())
          .PUT(BodyPublishers.ofFile(file))
          .build());
      return read(path, () -> http.origin().resolve(answer.required("path").asText()));
    } catch (FileNotFoundException e) {
      throw SdkErrors.fileUnreadable(file, e);
    }
  }

  /** What the pool tells of a task: states, attempts, workers. Empty when it knows no such task. */
  public Optional<JsonNode> task(TaskId id) {
    return http.find("/tasks/" + id.hex());
  }

  /** What the pool tells of a deal. Empty when it knows no such deal. */
  public Optional<JsonNode> deal(DealId id) {
    return http.find("/deals/" + id.hex());
  }

  /** The same with a part of its tasks: so many from the one at this place. */
  public Optional<JsonNode> deal(DealId id, long from, int limit) {
    return http.find("/deals/%s?from=%d&limit=%d".formatted(id.hex(), from, limit));
  }

  /** What earlier runs of an app used. Empty when the pool knows none. */
  public Optional<JsonNode> appUsage(Address app) {
    return http.find("/apps/%s/usage".formatted(app.checksummed()));
  }

  /** The server's own state. */
  public JsonNode status() {
    return http.get("/status");
  }

  /** Why tasks of its pool wait, and why workers have nothing to do. */
  public JsonNode poolExplanation() {
    return http.get("/pool/explain");
  }

  /** Why a machine gets nothing of what waits there; empty from a pool that does not say. */
  public Optional<JsonNode> workerExplanation(Address machine) {
    return http.find("/workers/%s/explain".formatted(machine));
  }

  /** How its pool stands, as its engine sees it. */
  public JsonNode poolStatus() {
    return http.get("/pool/status");
  }

  /** The machines of its pool, with what they do. */
  public JsonNode poolWorkers() {
    return http.get("/pool/workers");
  }

  /**
   * Tasks that its pool has in memory.
   *
   * @param stage only those in it; empty for all
   */
  public JsonNode poolTasks(String stage, int limit) {
    var query = stage.isEmpty() ? "" : "&stage=" + stage;
    return http.get("/pool/tasks?limit=%d%s".formatted(limit, query));
  }

  private <O> List<O> orders(String path, String query, Function<JsonNode, O> reader) {
    var answer = http.get(
        "%s?chainId=%d&pageSize=%d&requester=any&%s".formatted(path, chainId, MAX_OFFERS, query));
    return read(path, () -> {
      var orders = new ArrayList<O>();
      for (var entry : answer.required("orders")) {
        orders.add(reader.apply(entry.required("order")));
      }
      return orders;
    });
  }

  private static String path(Order order) {
    return switch (order) {
      case AppOrder app -> "/apporders";
      case DatasetOrder dataset -> "/datasetorders";
      case WorkerpoolOrder pool -> "/workerpoolorders";
      case RequestOrder request -> "/requestorders";
    };
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
