package io.ruche.chain.tx;

import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.tx.TxBook.Item;
import io.ruche.core.BlockHash;
import io.ruche.core.RucheException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for transactions that no block takes. Every change is saved before it is sent, and
 * keeps the nonce: only a nonce that a stranger's transaction used up for good is given up for a
 * new one.
 */
final class TxRepair {
  /** Blocks in a row that must show a nonce used by a stranger before it is given up. */
  private static final int DISPLACED_CHECKS = 3;

  /** Action keys of empty transfers for nonces that nobody holds; the nonce follows. */
  private static final String GAP = "nonce-gap:";

  private static final BlockRef NOWHERE = new BlockRef(0, BlockHash.of(new byte[32]));
  private static final int MAX_VARIANTS = 10;
  private static final int MAX_GAP = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(TxRepair.class);

  private final SenderParts parts;
  private final TxBook book;
  private final FeeOracle fees;
  private final TxBroadcaster broadcaster;

  TxRepair(SenderParts parts, TxBook book, FeeOracle fees, TxBroadcaster broadcaster) {
    this.parts = parts;
    this.book = book;
    this.fees = fees;
    this.broadcaster = broadcaster;
  }

  /**
   * Sends again what the node has forgotten, and raises the fees of the first in line when it is
   * stuck.
   */
  void resend(long headNumber) {
    long now = System.nanoTime();
    long after = parts.settings().resendAfter().toNanos();
    var due = book.pending().stream()
        .filter(item -> item.sentAt == 0 || item.isHopeless || now - item.sentAt > after)
        .toList();
    if (due.isEmpty()) {
      return;
    }
    var areKnown = parts
        .rpc()
        .areKnown(due.stream().map(item -> item.entry().latest().hash()).toList());
    var again = new ArrayList<Item>();
    for (int i = 0; i < due.size(); i++) {
      var item = due.get(i);
      item.sentAt = now;
      if (item.isHopeless) {
        fill(item);
        again.add(item);
      } else {
        boolean isRaised = i == 0 && raise(item, headNumber);
        if (isRaised || !areKnown.get(i)) {
          again.add(item);
        }
      }
    }
    if (!again.isEmpty()) {
      LOG.info(
          "transactions sent again sender={} count={} firstNonce={}",
          parts.wallet().address(),
          again.size(),
          again.getFirst().entry().nonce());
      broadcaster.broadcast(again);
    }
  }

  /** True when a variant with higher fees was made. */
  private boolean raise(Item item, long headNumber) {
    if (item.pendingSinceBlock == 0) {
      item.pendingSinceBlock = headNumber;
    }
    boolean isStuck = headNumber - item.pendingSinceBlock >= parts.settings().bumpAfterBlocks();
    var entry = item.entry();
    if (!isStuck || entry.variants().size() >= MAX_VARIANTS) {
      return false;
    }
    var raised = entry.latest().fees().replacedBy(fees.current());
    if (raised.maxWei().compareTo(parts.settings().maxFeeCapWei()) > 0) {
      item.handle()
          .problem("its fee is at the cap of %s wei per gas"
              .formatted(parts.settings().maxFeeCapWei()));
      return false;
    }
    var variant = entry.latest().isFiller()
        ? filler(entry, raised)
        : SignedTx.sign(parts.wallet(), entry.chainId(), entry.nonce(), entry.call(), raised);
    save(item, entry.withVariant(variant));
    item.pendingSinceBlock = headNumber;
    return true;
  }

  private void fill(Item item) {
    item.isHopeless = false;
    var entry = item.entry();
    if (!entry.latest().isFiller() && entry.variants().size() < MAX_VARIANTS) {
      save(
          item, entry.withVariant(filler(entry, entry.latest().fees().replacedBy(fees.current()))));
    }
  }

  private SignedTx filler(OutboxEntry entry, Fees offer) {
    return SignedTx.signFiller(parts.wallet(), entry.chainId(), entry.nonce(), offer);
  }

  /**
   * Gives items whose nonce a stranger used a new one. {@code onChain} is the account's transaction
   * count; the items given are in no block although their nonce is below it. Returns the next free
   * nonce.
   */
  long moveDisplaced(long onChain, long nextNonce, Map<String, TxHandle> handles) {
    var moved = new ArrayList<Item>();
    long next = Math.max(nextNonce, onChain);
    for (var item : book.pending()) {
      if (item.entry().nonce() >= onChain) {
        item.displacedChecks = 0;
      } else if (++item.displacedChecks >= DISPLACED_CHECKS + parts.settings().confirmations()) {
        if (item.entry().actionKey().startsWith(GAP)) {
          drop(item, handles);
        } else {
          move(item, next++);
          moved.add(item);
        }
      }
    }
    broadcaster.broadcast(moved);
    return next;
  }

  private void move(Item item, long nonce) {
    var entry = item.entry();
    item.displacedChecks = 0;
    save(item, parts.sign(entry.actionKey(), nonce, entry.call(), fees.current()));
    LOG.warn(
        "nonce was used by another program sender={} action={} nonce={} newNonce={}",
        entry.sender(),
        entry.actionKey(),
        entry.nonce(),
        nonce);
  }

  /**
   * There was no gap: a node that lags counts too few transactions. Sent again under a new nonce,
   * the filler would cost gas for nothing.
   */
  private void drop(Item item, Map<String, TxHandle> handles) {
    var entry = item.entry();
    var state = new TxState.Settled(entry.latest().hash(), NOWHERE, false, 0);
    parts.outbox().save(List.of(entry.withState(state)));
    book.remove(item);
    handles.remove(entry.actionKey(), item.handle());
    LOG.info("nonce gap was none sender={} nonce={}", entry.sender(), entry.nonce());
  }

  /**
   * Makes empty transfers for nonces below {@code nextNonce} that nobody holds: they would block
   * the rest.
   */
  void fillGaps(long onChain, long nextNonce, Map<String, TxHandle> handles) {
    var fillers = new ArrayList<Item>();
    for (long nonce = onChain; nonce < nextNonce; nonce++) {
      if (book.hasNonce(nonce)) {
        continue;
      }
      if (fillers.size() == MAX_GAP) {
        throw new RucheException(
            "OUTBOX_AHEAD_OF_CHAIN",
            "account %s has %d transactions on chain %d but the outbox goes on at nonce %d."
                .formatted(parts.wallet().address(), onChain, parts.chainId(), nextNonce),
            "The chain was reset: start with a fresh home, or restore the chain's state.",
            false);
      }
      var key = GAP + nonce;
      var call = Call.transfer(parts.wallet().address(), BigInteger.ZERO);
      fillers.add(new Item(
          parts.sign(key, nonce, call, fees.current()),
          handles.computeIfAbsent(key, TxHandle::new)));
    }
    if (!fillers.isEmpty()) {
      LOG.warn(
          "nonce gap filled sender={} from={} count={}",
          parts.wallet().address(),
          fillers.getFirst().entry().nonce(),
          fillers.size());
      parts.outbox().save(fillers.stream().map(Item::entry).toList());
      fillers.forEach(book::put);
      broadcaster.broadcast(fillers);
    }
  }

  private void save(Item item, OutboxEntry changed) {
    parts.outbox().save(List.of(changed));
    book.update(item, changed);
  }
}
