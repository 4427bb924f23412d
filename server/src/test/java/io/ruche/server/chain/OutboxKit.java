package io.ruche.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.tx.Fees;
import io.ruche.chain.tx.OutboxEntry;
import io.ruche.chain.tx.OutboxStore;
import io.ruche.chain.tx.SignedTx;
import io.ruche.chain.tx.TxState;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.TxHash;
import io.ruche.core.Words;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link OutboxStore} must do. */
abstract class OutboxKit {
  private static final Address SENDER = new Address("0x" + "a1".repeat(20));
  private static final Address OTHER = new Address("0x" + "b2".repeat(20));

  abstract OutboxStore outbox();

  /** The same outbox after the process died and came back. */
  abstract OutboxStore afterRestart();

  @Test
  void everyStateComesBackAsItWas() {
    var block = new BlockRef(7, new BlockHash("0x" + "77".repeat(32)));
    var entries = List.of(
        entry("pending", 1, TxState.PENDING),
        entry("mined", 2, new TxState.Mined(hash(2), block, true, 21_000)),
        entry("settled", 3, new TxState.Settled(hash(3), block, false, 90_000)));

    outbox().save(entries);

    var reopened = afterRestart();
    for (var entry : entries) {
      assertThat(reopened.find(1, SENDER, entry.actionKey())).contains(entry);
    }
  }

  @Test
  void onlyUnsettledEntriesAreOpen() {
    var block = new BlockRef(7, new BlockHash("0x" + "77".repeat(32)));
    outbox()
        .save(List.of(
            entry("a", 1, TxState.PENDING),
            entry("b", 2, new TxState.Mined(hash(2), block, true, 1)),
            entry("c", 3, new TxState.Settled(hash(3), block, true, 1))));

    assertThat(afterRestart().loadOpen(1, SENDER))
        .extracting(OutboxEntry::actionKey)
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void sameKeyReplacesItsEntry() {
    outbox().save(List.of(entry("a", 1, TxState.PENDING)));
    var block = new BlockRef(7, new BlockHash("0x" + "77".repeat(32)));
    var mined = entry("a", 1, new TxState.Mined(hash(1), block, true, 5));

    outbox().save(List.of(mined));

    assertThat(afterRestart().loadOpen(1, SENDER)).containsExactly(mined);
  }

  @Test
  void chainsAndSendersAreApart() {
    outbox().save(List.of(entry("a", 1, TxState.PENDING)));

    assertThat(outbox().loadOpen(2, SENDER)).isEmpty();
    assertThat(outbox().loadOpen(1, OTHER)).isEmpty();
    assertThat(outbox().find(1, OTHER, "a")).isEmpty();
    assertThat(outbox().find(1, SENDER, "b")).isEmpty();
  }

  private static OutboxEntry entry(String key, long nonce, TxState state) {
    var call = new Call(OTHER, "0x0102", BigInteger.ONE.shiftLeft(200), 300_000);
    var fees = new Fees(BigInteger.TWO.pow(90), BigInteger.TEN);
    var first = new SignedTx(hash(nonce), "0xabcd", fees, false);
    var filler = new SignedTx(hash(nonce + 100), "0xef", fees, true);
    return new OutboxEntry(1, SENDER, key, nonce, call, List.of(first, filler), state);
  }

  private static TxHash hash(long number) {
    return TxHash.of(Words.uint256(number));
  }
}
