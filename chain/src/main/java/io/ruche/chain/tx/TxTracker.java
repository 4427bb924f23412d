package io.ruche.chain.tx;

import io.ruche.chain.rpc.Block;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.TxBook.Item;
import io.ruche.core.TxHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what was sent until it is deep in the chain: finds receipts block by block, takes back
 * what a reorg dropped, and lets {@link TxRepair} see to what no block takes. One thread of its
 * own, at rest while nothing is open.
 *
 * <p>The block of an entry is the chain's to say and asked anew after each start, so it is not
 * saved; the end of an entry that is deep enough is, as it is then never looked up again.
 */
final class TxTracker {
  /**
   * Mined entries below this depth are settled and forgotten; a killed dev chain goes back less.
   */
  static final int SETTLE_DEPTH = 256;

  /** Blocks from one look for such entries to the next: those of many blocks share a sync. */
  static final int SETTLE_EVERY = 32;

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(TxTracker.class);

  private final SenderParts parts;
  private final TxBook book;
  private final Map<String, TxHandle> handles;
  private final FeeOracle fees;
  private final TxRepair repair;
  private final TxBroadcaster broadcaster;
  private final TxOutcomes outcomes;
  private final NonceCounter nonces;
  private volatile @Nullable Thread thread;
  private volatile boolean isClosed;
  private boolean mustRecheck = true;
  private long settledAt;
  private @Nullable BlockRef last;

  TxTracker(
      SenderParts parts,
      TxBook book,
      Map<String, TxHandle> handles,
      FeeOracle fees,
      TxBroadcaster broadcaster,
      NonceCounter nonces) {
    this.parts = parts;
    this.book = book;
    this.handles = handles;
    this.fees = fees;
    this.broadcaster = broadcaster;
    this.nonces = nonces;
    this.repair = new TxRepair(parts, book, fees, broadcaster);
    this.outcomes = new TxOutcomes(parts.rpc());
  }

  void start() {
    thread = Thread.ofVirtual().name("tx-tracker").start(this::run);
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  void close() {
    isClosed = true;
    wake();
  }

  TxOutcome outcomeOf(OutboxEntry entry) {
    return outcomes.of(entry);
  }

  private void run() {
    while (!isClosed) {
      try {
        if (!isAwaited()) {
          LockSupport.parkNanos(WAIT.toNanos());
        }
        if (book.nextNonce() > 0) {
          step(parts.feed().next(last, WAIT));
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        mustRecheck = true;
        LOG.warn("sender goes on after a failure sender={}", parts.wallet().address(), e);
        LockSupport.parkNanos(WAIT.toNanos());
      }
    }
  }

  /** Whether somebody waits for an outcome; else a look at the chain now and then is enough. */
  private boolean isAwaited() {
    return mustRecheck ? book.nextNonce() > 0 : book.isAwaited();
  }

  private void step(BlockFeed.Update update) {
    if (update.blocks().isEmpty()) {
      return;
    }
    var head = update.blocks().getLast();
    fees.onHead(head);
    if (mustRecheck || !update.isContinuous() || broadcaster.takeStaleNonce()) {
      recheck();
    } else {
      update.blocks().forEach(this::findReceipts);
    }
    last = head.ref();
    finish(head.number());
    repair.resend(head.number());
  }

  /** Looks every open item up afresh: after a start, a reorg, a gap, or a doubt. */
  private void recheck() {
    var items = book.open();
    long onChain = parts.rpc().transactionCount(parts.wallet().address(), Rpc.LATEST);
    var receipts = receiptsOf(items);
    var changed = new LinkedHashMap<Item, OutboxEntry>();
    for (var item : items) {
      var entry = item.entry();
      var state = entry.variants().stream()
          .map(variant -> receipts.get(variant.hash()))
          .filter(Objects::nonNull)
          .findFirst()
          .<TxState>map(TxTracker::minedBy)
          .orElse(TxState.PENDING);
      if (!state.equals(entry.state())) {
        changed.put(item, entry.withState(state));
        item.sentAt = 0;
        forgetOutcome(item);
      }
    }
    changed.forEach(book::update);
    synchronized (nonces) {
      nonces.moveTo(repair.moveDisplaced(onChain, nonces.next(), handles));
      repair.fillGaps(onChain, nonces.next(), handles);
    }
    mustRecheck = book.pending().stream().anyMatch(item -> item.entry().nonce() < onChain);
  }

  /** What was told is no longer so: who asks again waits for the new outcome. */
  private void forgetOutcome(Item item) {
    if (item.handle().outcome().isPresent()) {
      var fresh = new TxHandle(item.entry().actionKey());
      handles.replace(fresh.actionKey(), item.handle(), fresh);
      item.handle(fresh);
    }
  }

  private Map<TxHash, Receipt> receiptsOf(List<Item> items) {
    var hashes = items.stream()
        .flatMap(item -> item.entry().variants().stream())
        .map(SignedTx::hash)
        .toList();
    return found(hashes);
  }

  private Map<TxHash, Receipt> found(List<TxHash> hashes) {
    var receipts = new HashMap<TxHash, Receipt>();
    parts
        .rpc()
        .receipts(hashes)
        .forEach(receipt -> receipt.ifPresent(found -> receipts.put(found.transaction(), found)));
    return receipts;
  }

  /**
   * The usual case: a new block on top of the last one; only our own transactions in it are looked
   * up.
   */
  private void findReceipts(Block block) {
    var ours = block.transactions().stream()
        .filter(hash -> book.byHash(hash).isPresent())
        .toList();
    if (ours.isEmpty()) {
      return;
    }
    var receipts = found(ours);
    var changed = new LinkedHashMap<Item, OutboxEntry>();
    for (var hash : ours) {
      var receipt = receipts.get(hash);
      if (receipt == null || !receipt.block().equals(block.ref())) {
        mustRecheck = true;
      } else {
        book.byHash(hash)
            .ifPresent(item -> changed.put(item, item.entry().withState(minedBy(receipt))));
      }
    }
    changed.forEach(book::update);
  }

  private static TxState minedBy(Receipt receipt) {
    return new TxState.Mined(
        receipt.transaction(), receipt.block(), receipt.isSuccess(), receipt.gasUsed());
  }

  /** Tells waiters about what is deep enough, and lets go of what is deeper still. */
  private void finish(long headNumber) {
    for (var item : book.untold()) {
      if (item.entry().state() instanceof TxState.Mined mined
          && headNumber - mined.block().number() >= parts.settings().confirmations()) {
        tell(item);
      }
    }
    if (Math.abs(headNumber - settledAt) >= SETTLE_EVERY) {
      settledAt = headNumber;
      settle(headNumber - SETTLE_DEPTH);
    }
  }

  private void settle(long blockNumber) {
    var settled = new LinkedHashMap<Item, OutboxEntry>();
    for (var item : book.minedUpTo(blockNumber)) {
      if (item.entry().state() instanceof TxState.Mined mined) {
        var state =
            new TxState.Settled(mined.hash(), mined.block(), mined.isSuccess(), mined.gasUsed());
        settled.put(item, item.entry().withState(state).slim());
      }
    }
    if (!settled.isEmpty()) {
      parts.outbox().save(List.copyOf(settled.values()));
      settled.keySet().forEach(item -> {
        book.remove(item);
        handles.remove(item.entry().actionKey(), item.handle());
      });
    }
  }

  private void tell(Item item) {
    var outcome = outcomes.of(item.entry());
    book.told(item);
    if (item.handle().complete(outcome)) {
      parts.listener().accept(outcome);
    }
  }
}
