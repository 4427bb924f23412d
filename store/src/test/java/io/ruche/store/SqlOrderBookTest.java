package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.OrderHash;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookQuery.Party;
import io.ruche.store.BookedOrder.Kind;
import io.ruche.store.BookedOrder.Parties;
import io.ruche.store.BookedOrder.Status;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlOrderBookTest {
  private static final Address ALICE = address(1);
  private static final Address BOB = address(2);

  @Parameter
  TestStore store;

  @TempDir
  Path folder;

  private Database database;
  private SqlOrderBook book;

  @BeforeEach
  void open() {
    database = store.fresh(folder).get();
    book = new SqlOrderBook(database);
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void keepsEveryColumnOfAnOrder() {
    var order = order(1, TokenAmount.ofNano(7), Tag.ofBits(8, 255), ALICE);

    assertThat(book.add(order)).isTrue();

    assertThat(book.find(order.hash())).contains(order);
  }

  @Test
  void sameOrderIsKeptOnce() {
    assertThat(book.add(order(1, TokenAmount.ofNano(7), Tag.NONE, ALICE))).isTrue();
    assertThat(book.add(order(1, TokenAmount.ofNano(8), Tag.NONE, ALICE))).isFalse();

    assertThat(book.page(BookQuery.all(Kind.APP)).count()).isEqualTo(1);
  }

  @Test
  void cheapestOrderComesFirstBeyond64Bits() {
    var huge = new TokenAmount(BigInteger.ONE.shiftLeft(200));
    var small = TokenAmount.ofNano(Long.MAX_VALUE);
    book.add(order(1, huge, Tag.NONE, ALICE));
    book.add(order(2, small, Tag.NONE, ALICE));
    book.add(order(3, TokenAmount.ofNano(255), Tag.NONE, ALICE));
    book.add(order(4, TokenAmount.ofNano(256), Tag.NONE, ALICE));

    assertThat(book.page(BookQuery.all(Kind.APP)).orders())
        .extracting(BookedOrder::price)
        .containsExactly(TokenAmount.ofNano(255), TokenAmount.ofNano(256), small, huge);
  }

  @Test
  void restrictedOrdersAreListedOnlyForTheirParty() {
    book.add(order(1, TokenAmount.ZERO, Tag.NONE, Address.ZERO));
    book.add(order(2, TokenAmount.ZERO, Tag.NONE, ALICE));
    book.add(order(3, TokenAmount.ZERO, Tag.NONE, BOB));

    assertThat(found(new Match.OpenOnly())).isEqualTo(1);
    assertThat(found(new Match.ExactlyOrOpen(ALICE))).isEqualTo(2);
    assertThat(found(new Match.Exactly(ALICE))).isEqualTo(1);
  }

  @Test
  void tagsAreComparedBitByBit() {
    book.add(order(1, TokenAmount.ZERO, Tag.NONE, ALICE));
    book.add(order(2, TokenAmount.ZERO, Tag.ofBits(0), ALICE));
    book.add(order(3, TokenAmount.ZERO, Tag.ofBits(0, 8), ALICE));

    assertThat(book.page(tagged(Tag.ofBits(0), null)).count()).isEqualTo(2);
    assertThat(book.page(tagged(null, Tag.ofBits(0))).count()).isEqualTo(2);
    assertThat(book.page(tagged(Tag.ofBits(8), null)).count()).isEqualTo(1);
  }

  @Test
  void filledOrdersLeaveTheBookButAreFoundByHash() {
    var order = order(1, TokenAmount.ZERO, Tag.NONE, ALICE);
    book.add(order);
    assertThat(book.countOpen(order.signer(), Kind.APP)).isEqualTo(1);

    book.update(order.hash(), 0, Status.FILLED);

    assertThat(book.page(BookQuery.all(Kind.APP)).orders()).isEmpty();
    assertThat(book.countOpen(order.signer(), Kind.APP)).isZero();
    assertThat(book.find(order.hash()).orElseThrow().status()).isEqualTo(Status.FILLED);
  }

  @Test
  void theNewestFilledOrdersAreFoundFirst() {
    for (int i = 1; i <= 4; i++) {
      var order = order(i, TokenAmount.ZERO, Tag.NONE, ALICE);
      book.add(order);
      if (i != 3) {
        book.update(order.hash(), 0, Status.FILLED);
      }
    }

    assertThat(book.newestFilled(2))
        .containsExactly(OrderHash.of(Words.uint256(4)), OrderHash.of(Words.uint256(2)));
  }

  @Test
  void pagesDoNotOverlap() {
    for (int i = 0; i < 5; i++) {
      book.add(order(i, TokenAmount.ZERO, Tag.NONE, ALICE));
    }
    var first = book.page(paged(0, 2));
    var last = book.page(paged(2, 2));

    assertThat(first.count()).isEqualTo(5);
    assertThat(first.orders()).hasSize(2);
    assertThat(last.orders()).hasSize(1).doesNotContainAnyElementsOf(first.orders());
  }

  private long found(Match match) {
    return book.page(new BookQuery(
            Kind.APP, Map.of(Party.REQUESTER, match), null, null, null, null, 1, null, null, 0, 20))
        .count();
  }

  private static BookQuery tagged(@Nullable Tag min, @Nullable Tag max) {
    return new BookQuery(Kind.APP, Map.of(), null, null, null, null, 1, min, max, 0, 20);
  }

  private static BookQuery paged(int index, int size) {
    return new BookQuery(Kind.APP, Map.of(), null, null, null, null, 1, null, null, index, size);
  }

  private static BookedOrder order(int number, TokenAmount price, Tag tag, Address requester) {
    return new BookedOrder(
        OrderHash.of(Words.uint256(number)),
        Kind.APP,
        address(9),
        new Parties(address(5), Address.ZERO, Address.ZERO, requester),
        price,
        10,
        10,
        tag,
        0,
        0,
        Status.OPEN,
        "{\"number\":" + number + "}",
        Instant.ofEpochMilli(1_000 + number));
  }

  private static Address address(int number) {
    return new Address("0x" + Hex.encode(Words.uint256(number)).substring(26));
  }
}
