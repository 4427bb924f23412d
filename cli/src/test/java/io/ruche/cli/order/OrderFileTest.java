package io.ruche.cli.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import io.ruche.core.RucheException;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderFileTest {
  private static final Address APP = new Address("0x" + "a1".repeat(20));

  @TempDir
  Path folder;

  @Test
  void orderReadsBackAsSavedAndIsNeverReplaced() {
    var file = folder.resolve("new/order.json");
    OrderFile.save(file, order("1"));

    assertThat(OrderFile.read(file)).isEqualTo(order("1"));
    assertFails("ORDER_FILE_EXISTS", () -> OrderFile.save(file, order("2")));
    assertThat(OrderFile.read(file)).isEqualTo(order("1"));
  }

  @Test
  void answerOfACommandIsUnderstoodToo() throws Exception {
    var hash = new OrderHash("0x" + "00".repeat(32));
    var file = folder.resolve("answer.json");
    Files.writeString(file, OrderText.json(order("1"), hash).toString());

    assertThat(OrderFile.read(file)).isEqualTo(order("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "{}", "[]", "{\"appprice\": 1}", "{\"order\": 5}"})
  void whatIsNoOrderIsRefusedWithItsFile(String text) throws Exception {
    var file = Files.writeString(folder.resolve("broken.json"), text);

    assertFails("ORDER_FILE_INVALID", () -> OrderFile.read(file))
        .hasMessageContaining("broken.json");
  }

  @Test
  void missingAndHugeFilesAreRefused() throws Exception {
    var json = OrderJson.write(order("1")).toString();
    var huge = Files.writeString(folder.resolve("huge.json"), json + " ".repeat(1 << 20));

    assertFails("ORDER_FILE_INVALID", () -> OrderFile.read(folder.resolve("none.json")))
        .hasMessageContaining("does not exist");
    assertFails("ORDER_FILE_INVALID", () -> OrderFile.read(huge))
        .hasMessageContaining("larger than 1 MiB");
  }

  private static AbstractThrowableAssert<?, ?> assertFails(String code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static AppOrder order(String price) {
    return new AppOrder(
        APP,
        TokenAmount.parse(price),
        7,
        Tag.NONE,
        Address.ZERO,
        Address.ZERO,
        APP,
        new Salt("0x" + "5a".repeat(32)),
        Signature.EMPTY);
  }
}
