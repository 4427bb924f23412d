package io.ruche.chain.tx;

import io.ruche.core.TxHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The open actions of one wallet, found by nonce and by hash. Guarded by its own monitor. */
final class TxBook {
  /** An entry and what is remembered about it while the process runs. */
  static final class Item {
    private volatile OutboxEntry entry;
    private volatile TxHandle handle;

    /** When it was last given to the node, in nano time; 0 before this process did. */
    volatile long sentAt;

    /** Whether the node said that it will never take it. */
    volatile boolean isHopeless;

    /** Head when its latest variant was first seen pending; 0 before. */
    volatile long pendingSinceBlock;

    /**
     * Checks in a row that found its nonce used by a transaction that is not ours; the tracker
     * alone counts.
     */
    int displacedChecks;

    Item(OutboxEntry entry, TxHandle handle) {
      this.entry = entry;
      this.handle = handle;
    }

    OutboxEntry entry() {
      return entry;
    }

    /** Where its waiters wait. */
    TxHandle handle() {
      return handle;
    }

    /** Those who ask from now on wait for what comes after a block was taken back. */
    void handle(TxHandle fresh) {
      handle = fresh;
    }
  }

  private final TreeMap<Long, Item> open = new TreeMap<>();
  private final TreeMap<Long, Item> pending = new TreeMap<>();
  private final TreeMap<Long, Item> untold = new TreeMap<>();
  private final TreeMap<Long, List<Item>> minedByBlock = new TreeMap<>();
  private final Map<TxHash, Item> byHash = new HashMap<>();

  synchronized void put(Item item) {
    long nonce = item.entry.nonce();
    open.put(nonce, item);
    if (item.entry.state() instanceof TxState.Mined mined) {
      minedByBlock
          .computeIfAbsent(mined.block().number(), _ -> new ArrayList<>())
          .add(item);
      if (item.handle.outcome().isEmpty()) {
        untold.put(nonce, item);
      }
    } else {
      pending.put(nonce, item);
    }
    item.entry.variants().forEach(variant -> byHash.put(variant.hash(), item));
  }

  /** Replaces an item's entry; even the nonce may differ from before. */
  synchronized void update(Item item, OutboxEntry changed) {
    remove(item);
    item.entry = changed;
    put(item);
  }

  synchronized void remove(Item item) {
    long nonce = item.entry.nonce();
    open.remove(nonce, item);
    pending.remove(nonce, item);
    untold.remove(nonce, item);
    if (item.entry.state() instanceof TxState.Mined mined) {
      forgetMined(mined.block().number(), item);
    }
    item.entry.variants().forEach(variant -> byHash.remove(variant.hash(), item));
  }

  private void forgetMined(long block, Item item) {
    var items = minedByBlock.get(block);
    if (items != null) {
      items.remove(item);
      if (items.isEmpty()) {
        minedByBlock.remove(block);
      }
    }
  }

  synchronized Optional<Item> byHash(TxHash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  synchronized boolean hasNonce(long nonce) {
    return open.containsKey(nonce);
  }

  /** All open items in nonce order. */
  synchronized List<Item> open() {
    return List.copyOf(open.values());
  }

  /** Items that are in no block, in nonce order. */
  synchronized List<Item> pending() {
    return List.copyOf(pending.values());
  }

  synchronized int pendingCount() {
    return pending.size();
  }

  /** Items in this block or an earlier one, by block and then by nonce. */
  synchronized List<Item> minedUpTo(long block) {
    return minedByBlock.headMap(block, true).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  /** Items in a block whose waiters were not told yet, in nonce order. */
  synchronized List<Item> untold() {
    return List.copyOf(untold.values());
  }

  /** Its waiters know the outcome. */
  synchronized void told(Item item) {
    untold.remove(item.entry.nonce(), item);
  }

  /** Whether somebody waits for the outcome of an item. */
  synchronized boolean isAwaited() {
    return !pending.isEmpty() || !untold.isEmpty();
  }

  /** One more than the highest nonce in the book; 0 for an empty one. */
  synchronized long nextNonce() {
    return open.isEmpty() ? 0 : open.lastKey() + 1;
  }
}
