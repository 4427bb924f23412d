package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hashes against vectors that an independent library computed from the interface's type strings.
 */
class OrderHashTest {
  private static final Path VECTORS = Path.of("../contracts/test/data/vectors.json");

  static Stream<JsonNode> orders() throws IOException {
    return elements("orders");
  }

  static Stream<JsonNode> tasks() throws IOException {
    return elements("tasks");
  }

  private static Stream<JsonNode> elements(String key) throws IOException {
    var array = new JsonMapper().readTree(VECTORS.toFile()).get(key);
    assertThat(array).isNotEmpty();
    return StreamSupport.stream(array.spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void ordersHashAsTheInterfaceSays(JsonNode vector) {
    var order = order(vector.get("primaryType").asText(), vector.get("message"));
    var domain = domain(vector.get("domain"));

    assertThat(Hex.encode(domain.separator()))
        .isEqualTo(vector.get("domainSeparator").asText());
    assertThat(Hex.encode(order.structHash()))
        .isEqualTo(vector.get("structHash").asText());
    assertThat(order.hash(domain).hex()).isEqualTo(vector.get("orderHash").asText());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void taskIdsAndContributionHashesAreTheHubs(JsonNode v) {
    var deal = DealId.of(
        new OrderHash(v.get("requestHash").asText()), v.get("consumed").asLong());
    var task = TaskId.of(deal, v.get("index").asLong());
    var worker = address(v, "worker");
    var digest = new Digest(v.get("resultDigest").asText());
    var hashes = ContributionHashes.of(worker, task, digest);
    var message = Authorization.message(worker, task, address(v, "enclaveChallenge"));

    assertThat(deal.hex()).isEqualTo(v.get("dealid").asText());
    assertThat(task.hex()).isEqualTo(v.get("taskid").asText());
    assertThat(hashes.resultHash().hex()).isEqualTo(v.get("resultHash").asText());
    assertThat(hashes.resultSeal().hex()).isEqualTo(v.get("resultSeal").asText());
    assertThat(Hex.encode(message)).isEqualTo(v.get("authorizationMessage").asText());
    assertThat(worker.checksummed()).isEqualTo(v.get("worker").asText());
  }

  @Test
  void signatureIsNoPartOfTheHash() {
    var unsigned = DatasetOrder.NONE;
    var signed = unsigned.withSignature(new Signature("0x" + "11".repeat(65)));

    assertThat(signed.structHash()).isEqualTo(unsigned.structHash());
  }

  private static Eip712Domain domain(JsonNode node) {
    return new Eip712Domain(
        node.get("name").asText(),
        node.get("version").asText(),
        node.get("chainId").asLong(),
        address(node, "verifyingContract"));
  }

  private static Order order(String type, JsonNode message) {
    return switch (type) {
      case "AppOrder" -> appOrder(message);
      case "DatasetOrder" -> datasetOrder(message);
      case "WorkerpoolOrder" -> workerpoolOrder(message);
      case "RequestOrder" -> requestOrder(message);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static AppOrder appOrder(JsonNode m) {
    return new AppOrder(
        address(m, "app"),
        amount(m, "appprice"),
        number(m, "volume"),
        tag(m),
        address(m, "datasetrestrict"),
        address(m, "workerpoolrestrict"),
        address(m, "requesterrestrict"),
        salt(m),
        Signature.EMPTY);
  }

  private static DatasetOrder datasetOrder(JsonNode m) {
    return new DatasetOrder(
        address(m, "dataset"),
        amount(m, "datasetprice"),
        number(m, "volume"),
        tag(m),
        address(m, "apprestrict"),
        address(m, "workerpoolrestrict"),
        address(m, "requesterrestrict"),
        salt(m),
        Signature.EMPTY);
  }

  private static WorkerpoolOrder workerpoolOrder(JsonNode m) {
    return new WorkerpoolOrder(
        address(m, "workerpool"),
        amount(m, "workerpoolprice"),
        number(m, "volume"),
        tag(m),
        number(m, "category"),
        number(m, "trust"),
        address(m, "apprestrict"),
        address(m, "datasetrestrict"),
        address(m, "requesterrestrict"),
        salt(m),
        Signature.EMPTY);
  }

  private static RequestOrder requestOrder(JsonNode m) {
    return new RequestOrder(
        address(m, "app"),
        amount(m, "appmaxprice"),
        address(m, "dataset"),
        amount(m, "datasetmaxprice"),
        address(m, "workerpool"),
        amount(m, "workerpoolmaxprice"),
        address(m, "requester"),
        number(m, "volume"),
        tag(m),
        number(m, "category"),
        number(m, "trust"),
        address(m, "beneficiary"),
        address(m, "callback"),
        m.get("params").asText(),
        salt(m),
        Signature.EMPTY);
  }

  private static Address address(JsonNode node, String key) {
    return new Address(node.get(key).asText());
  }

  private static TokenAmount amount(JsonNode node, String key) {
    return new TokenAmount(new BigInteger(node.get(key).asText()));
  }

  private static long number(JsonNode node, String key) {
    return Long.parseLong(node.get(key).asText());
  }

  private static Tag tag(JsonNode node) {
    return new Tag(node.get("tag").asText());
  }

  private static Salt salt(JsonNode node) {
    return new Salt(node.get("salt").asText());
  }
}
