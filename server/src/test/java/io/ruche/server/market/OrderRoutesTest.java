package io.ruche.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.Order;
import io.ruche.core.OrderJson;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import io.ruche.store.Database;
import io.ruche.store.SqlOrderBook;
import io.ruche.testkit.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Address APP = Sample.APP;
  private static final Address POOL = Sample.POOL;

  @TempDir
  Path folder;

  private final FakeMarketChain chain = new FakeMarketChain();
  private final Wallet owner = Wallet.random();
  private Database database;
  private OrderDesk desk;
  private HttpOrigin origin;
  private HttpClient http;
  private int salts;

  @BeforeEach
  void start() {
    database = Database.open(folder.resolve("ruche.db"));
    desk = new OrderDesk(new SqlOrderBook(database), chain, InstantSource.system());
    origin =
        HttpOrigin.start(HttpSettings.defaults(), 65_536, List.of(new OrderRoutes(desk, 65_535)));
    http = HttpClient.newHttpClient();
    chain.owners.put(APP, owner.address());
    chain.owners.put(POOL, owner.address());
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    origin.close();
    database.close();
  }

  @Test
  void publishedOrderIsListedAndFoundByHash() throws Exception {
    var order = signed(app(Address.ZERO));

    var published = publish("/apporders", order);
    var hash = order.hash(chain.domain());

    assertThat(published.path("ok").asBoolean()).isTrue();
    assertThat(published.path("published").path("orderHash").asText()).isEqualTo(hash.hex());
    var listed = get("/apporders?chainId=65535&app=" + APP);
    assertThat(listed.path("count").asInt()).isEqualTo(1);
    var entry = listed.path("orders").get(0);
    assertThat(OrderJson.app(entry.path("order"))).isEqualTo(order);
    assertThat(entry.path("remaining").asLong()).isEqualTo(10);
    assertThat(entry.path("status").asText()).isEqualTo("open");
    assertThat(entry.path("publicationTimestamp").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(get("/apporders/" + hash + "?chainId=65535").path("orderHash").asText())
        .isEqualTo(hash.hex());
  }

  @Test
  void orderOfAnotherSignerIsRefused() throws Exception {
    var order = app(Address.ZERO);
    var forged = order.withSignature(
        Wallet.random().signDigest(order.hash(chain.domain()).bytes()));

    assertThat(publish("/apporders", forged).path("code").asText()).isEqualTo("BAD_SIGNATURE");
    assertThat(publish("/apporders", order).path("code").asText()).isEqualTo("BAD_SIGNATURE");
  }

  @Test
  void changedOrderLosesItsSignature() throws Exception {
    var order = signed(app(Address.ZERO));
    var cheaper = new AppOrder(
        order.app(),
        TokenAmount.ZERO,
        order.volume(),
        order.tag(),
        order.datasetRestrict(),
        order.workerpoolRestrict(),
        order.requesterRestrict(),
        order.salt(),
        order.sign());

    assertThat(publish("/apporders", cheaper).path("code").asText()).isEqualTo("BAD_SIGNATURE");
  }

  @Test
  void unregisteredResourceIsRefused() throws Exception {
    chain.owners.remove(APP);

    var answer = publish("/apporders", signed(app(Address.ZERO)));

    assertThat(answer.path("code").asText()).isEqualTo("RESOURCE_UNKNOWN");
    assertThat(answer.path("ok").asBoolean()).isFalse();
  }

  @Test
  void usedUpOrderIsRefusedAndAMatchedOneLeavesTheBook() throws Exception {
    var used = signed(app(Address.ZERO));
    chain.consumed.put(used.hash(chain.domain()), 10L);
    var open = signed(app(Address.ZERO));

    assertThat(publish("/apporders", used).path("code").asText()).isEqualTo("ORDER_CONSUMED");
    publish("/apporders", open);
    chain.consumed.put(open.hash(chain.domain()), 4L);
    desk.refresh(List.of(open.hash(chain.domain())));
    assertThat(
            get("/apporders?chainId=65535&app=" + APP).at("/orders/0/remaining").asInt())
        .isEqualTo(6);

    chain.consumed.put(open.hash(chain.domain()), 10L);
    assertThat(desk.refreshAfter(null, 100)).isNull();

    assertThat(get("/apporders?chainId=65535&app=" + APP).path("count").asInt()).isZero();
    assertThat(get("/apporders/" + open.hash(chain.domain()) + "?chainId=65535")
            .path("status")
            .asText())
        .isEqualTo("filled");
  }

  @Test
  void sameOrderTwiceIsNamedAsSuch() throws Exception {
    var order = signed(app(Address.ZERO));
    publish("/apporders", order);

    assertThat(publish("/apporders", order).path("code").asText()).isEqualTo("ORDER_KNOWN");
  }

  @Test
  void signerHasAtMostSoManyOpenOrders() throws Exception {
    for (int i = 0; i < OrderDesk.MAX_OPEN_PER_SIGNER; i++) {
      assertThat(publish("/apporders", signed(app(Address.ZERO))).path("ok").asBoolean())
          .isTrue();
    }

    assertThat(publish("/apporders", signed(app(Address.ZERO))).path("code").asText())
        .isEqualTo("RATE_LIMITED");
  }

  @Test
  void poolWithoutStakeIsToldHowMuchIsMissing() throws Exception {
    chain.free.put(owner.address(), TokenAmount.parse("2"));

    var answer = publish("/workerpoolorders", signed(pool(TokenAmount.parse("10"), 0, 5)));

    assertThat(answer.path("code").asText()).isEqualTo("STAKE_TOO_LOW");
    assertThat(answer.path("error").asText()).contains("has 2").contains("needs 3");
    assertThat(answer.path("hint").asText()).contains("1 more");
  }

  @Test
  void poolOrdersAreFilteredByCategoryTrustAndRestriction() throws Exception {
    chain.free.put(owner.address(), TokenAmount.parse("100"));
    publish("/workerpoolorders", signed(pool(TokenAmount.parse("2"), 0, 5)));
    publish("/workerpoolorders", signed(pool(TokenAmount.parse("1"), 0, 9)));
    publish("/workerpoolorders", signed(pool(TokenAmount.parse("1"), 1, 9)));

    var base = "/workerpoolorders?chainId=65535";

    assertThat(get(base).path("count").asInt()).isEqualTo(3);
    assertThat(get(base + "&category=0").path("count").asInt()).isEqualTo(2);
    assertThat(get(base + "&category=0&minTrust=6").path("count").asInt()).isEqualTo(1);
    assertThat(get(base + "&category=0").at("/orders/0/order/workerpoolprice").asLong())
        .as("cheapest first")
        .isEqualTo(1_000_000_000L);
    assertThat(get(base + "&workerpool=" + APP).path("count").asInt()).isZero();
  }

  @Test
  void restrictedOrderIsShownToItsPartyOnly() throws Exception {
    var friend = Sample.address(0x77);
    publish("/apporders", signed(app(friend)));
    var base = "/apporders?chainId=65535&app=" + APP;

    assertThat(get(base).path("count").asInt()).isZero();
    assertThat(get(base + "&requester=" + friend).path("count").asInt()).isEqualTo(1);
    assertThat(get(base + "&requester=any").path("count").asInt()).isEqualTo(1);
    assertThat(get(base + "&requester=" + POOL).path("count").asInt()).isZero();
  }

  @Test
  void badRequestsAreNamed() throws Exception {
    assertThat(get("/apporders?chainId=1&app=" + APP).path("code").asText())
        .isEqualTo("WRONG_CHAIN");
    assertThat(get("/apporders?chainId=65535").path("code").asText()).isEqualTo("BAD_PARAMETER");
    assertThat(get("/apporders?chainId=65535&app=0x12").path("code").asText())
        .isEqualTo("BAD_PARAMETER");
    assertThat(get("/workerpoolorders?chainId=65535&pageSize=5000").path("code").asText())
        .isEqualTo("BAD_PARAMETER");
    assertThat(get("/apporders/0x12?chainId=65535").path("code").asText())
        .isEqualTo("BAD_PARAMETER");
    assertThat(post("/apporders", "{\"order\":{}}").path("code").asText()).isEqualTo("BAD_ORDER");
    assertThat(post("/apporders", "[]").path("code").asText()).isEqualTo("BAD_JSON");
    assertThat(post("/apporders", "{").path("code").asText()).isEqualTo("BAD_JSON");
    assertThat(get("/nowhere").path("code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void oversizedBodyIsRefused() throws Exception {
    assertThat(post("/apporders", "\"" + "x".repeat(70_000) + "\"").path("ok").asBoolean(true))
        .isFalse();
  }

  @Test
  void clientsGetAChallengeOfThisChain() throws Exception {
    var data = get("/challenge?chainId=65535&address=" + owner.address()).path("data");

    assertThat(data.path("primaryType").asText()).isEqualTo("Challenge");
    assertThat(data.at("/domain/chainId").asLong()).isEqualTo(65_535);
    assertThat(data.at("/message/challenge").asText()).matches("0x[0-9a-f]{64}");
  }

  private AppOrder app(Address requesterRestrict) {
    return new AppOrder(
        APP,
        TokenAmount.parse("1"),
        10,
        Tag.NONE,
        Address.ZERO,
        Address.ZERO,
        requesterRestrict,
        Salt.of(Words.uint256(++salts)),
        Signature.EMPTY);
  }

  private WorkerpoolOrder pool(TokenAmount price, long category, long trust) {
    return new WorkerpoolOrder(
        POOL,
        price,
        10,
        Tag.NONE,
        category,
        trust,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        Salt.of(Words.uint256(++salts)),
        Signature.EMPTY);
  }

  private AppOrder signed(AppOrder order) {
    return owner.sign(order, chain.domain());
  }

  private WorkerpoolOrder signed(WorkerpoolOrder order) {
    return owner.sign(order, chain.domain());
  }

  private JsonNode publish(String path, Order order) throws Exception {
    var body = JSON.createObjectNode();
    body.set("order", OrderJson.write(order));
    return post(path, body.toString());
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(origin.url() + path + "?chainId=65535"))
        .POST(BodyPublishers.ofString(body))
        .build());
  }

  private JsonNode get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(origin.url() + path)).build());
  }

  private JsonNode send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }
}
