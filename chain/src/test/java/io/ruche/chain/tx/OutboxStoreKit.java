package io.ruche.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.BlockHash;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox must do. */
abstract class OutboxStoreKit {
  static final Wallet WALLET = DevelopmentKeys.wallet(0);
  static final Wallet OTHER = DevelopmentKeys.wallet(1);
  static final long CHAIN = 65_535;

  abstract OutboxStore store();

  static OutboxEntry entry(Wallet wallet, String action, long nonce) {
    var call = Call.transfer(OTHER.address(), BigInteger.valueOf(nonce));
    var fees = new Fees(BigInteger.TWO, BigInteger.ONE);
    var transaction = SignedTx.sign(wallet, CHAIN, nonce, call, fees);
    return new OutboxEntry(
        CHAIN, wallet.address(), action, nonce, call, List.of(transaction), TxState.PENDING);
  }

  static OutboxEntry settled(OutboxEntry entry) {
    var block = new BlockRef(7, new BlockHash("0x" + "7".repeat(64)));
    return entry.withState(new TxState.Settled(entry.latest().hash(), block, true, 21_000));
  }

  @Test
  void savedEntriesAreLoadedForTheirSenderAlone() {
    var store = store();
    var first = entry(WALLET, "a", 0);
    var second = entry(WALLET, "b", 1);
    store.save(List.of(first, second, entry(OTHER, "a", 0)));

    assertThat(store.loadOpen(CHAIN, WALLET.address())).containsExactlyInAnyOrder(first, second);
    assertThat(store.loadOpen(1, WALLET.address())).isEmpty();
  }

  @Test
  void laterSaveReplacesTheEntryOfItsAction() {
    var store = store();
    var first = entry(WALLET, "a", 0);
    store.save(List.of(first));
    var raised = first.withVariant(
        SignedTx.signFiller(WALLET, CHAIN, 0, new Fees(BigInteger.TEN, BigInteger.ONE)));
    store.save(List.of(raised));

    assertThat(store.loadOpen(CHAIN, WALLET.address())).containsExactly(raised);
    assertThat(store.find(CHAIN, WALLET.address(), "a")).contains(raised);
  }

  @Test
  void settledEntryIsFoundButNotOpen() {
    var store = store();
    var entry = entry(WALLET, "a", 0);
    store.save(List.of(entry));
    store.save(List.of(settled(entry)));

    assertThat(store.loadOpen(CHAIN, WALLET.address())).isEmpty();
    assertThat(store.find(CHAIN, WALLET.address(), "a"))
        .get()
        .satisfies(found -> assertThat(found.state()).isEqualTo(settled(entry).state()));
    assertThat(store.find(CHAIN, WALLET.address(), "b")).isEmpty();
  }
}
