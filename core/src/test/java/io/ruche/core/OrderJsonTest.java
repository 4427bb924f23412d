package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderJsonTest {
  private static final Address APP = new Address("0x" + "a1".repeat(20));
  private static final Address POOL = new Address("0x" + "b2".repeat(20));
  private static final Address USER = new Address("0x" + "c3".repeat(20));
  private static final Salt SALT = new Salt("0x" + "5a".repeat(32));
  private static final Signature SIGN = new Signature("0x" + "1b".repeat(65));

  @Test
  void everyKindReadsBackAsWritten() throws Exception {
    var app =
        new AppOrder(APP, TokenAmount.parse("1.5"), 7, Tag.ofBits(8), USER, POOL, APP, SALT, SIGN);
    var dataset =
        new DatasetOrder(APP, TokenAmount.parse("2"), 8, Tag.NONE, USER, POOL, APP, SALT, SIGN);
    var pool = new WorkerpoolOrder(
        POOL, TokenAmount.parse("3"), 9, Tag.ofBits(240), 2, 5, APP, USER, POOL, SALT, SIGN);

    assertThat(OrderJson.app(overTheWire(app))).isEqualTo(app);
    assertThat(OrderJson.dataset(overTheWire(dataset))).isEqualTo(dataset);
    assertThat(OrderJson.workerpool(overTheWire(pool))).isEqualTo(pool);
    assertThat(OrderJson.request(overTheWire(request()))).isEqualTo(request());
    for (var order : List.of(app, dataset, pool, request())) {
      assertThat(OrderJson.read(overTheWire(order))).isEqualTo(order);
    }
  }

  @Test
  void whatIsNoOrderIsRefused() {
    var json = OrderJson.write(request()).without("appmaxprice");

    assertThatThrownBy(() -> OrderJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an order with appprice");
  }

  @Test
  void numbersMayBeTexts() {
    var json = OrderJson.write(request()).put("appmaxprice", "5000000000").put("volume", "12");

    assertThat(OrderJson.request(json)).isEqualTo(request());
  }

  @Test
  void negativeOrMissingNumberIsRefusedByName() {
    var json = OrderJson.write(request());

    assertThatThrownBy(() -> OrderJson.request(json.deepCopy().put("volume", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("volume")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> OrderJson.request(json.deepCopy().without("trust")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trust");
  }

  private static RequestOrder request() {
    return new RequestOrder(
        APP,
        TokenAmount.parse("5"),
        Address.ZERO,
        TokenAmount.ZERO,
        POOL,
        TokenAmount.parse("6"),
        USER,
        12,
        Tag.NONE,
        1,
        3,
        USER,
        Address.ZERO,
        "{\"iexec_args\":\"a \\\"b\\\"\"}",
        SALT,
        SIGN);
  }

  private static ObjectNode overTheWire(Order order) throws Exception {
    return (ObjectNode) new JsonMapper().readTree(OrderJson.write(order).toString());
  }
}
