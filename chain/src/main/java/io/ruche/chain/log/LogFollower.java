package io.ruche.chain.log;

import io.ruche.chain.ChainErrors;
import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.hub.HubEvents;
import io.ruche.chain.rpc.Block;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.RawLog;
import io.ruche.chain.rpc.Rpc;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's events from a block on, each once and in order. The caller applies the steps and keeps
 * the block of the last one as its cursor, together with what it made of it; after a restart it
 * goes on from there. When the chain no longer holds the cursor, a roll-back comes first.
 *
 * <p>One thread at a time. An outage is waited out; a node that answers for another chain is an
 * error.
 */
public final class LogFollower {
  /** Up to here behind the head, each block is asked for by its hash, which no reorg can mix up. */
  private static final int NEAR = 32;

  /**
   * A node refuses to read a block that a reorg has just dropped; more refusals in a row mean
   * something else.
   */
  private static final int MAX_REFUSALS = 10;

  private static final Duration OUTAGE_PAUSE = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

  private final Rpc rpc;
  private final BlockFeed feed;
  private final Address hub;
  private final long chainId;
  private final long startBlock;
  private final FollowerSettings settings;

  /** Blocks already told, oldest first; the last is the cursor. */
  private final Deque<BlockRef> told = new ArrayDeque<>();

  private boolean isChecked;
  private int refusals;
  private @Nullable BlockRef seenHead;

  private LogFollower(
      Rpc rpc,
      BlockFeed feed,
      Address hub,
      long chainId,
      long startBlock,
      FollowerSettings settings) {
    this.rpc = rpc;
    this.feed = feed;
    this.hub = hub;
    this.chainId = chainId;
    this.startBlock = startBlock;
    this.settings = settings;
  }

  /** What is followed, and on which chain. */
  public record Source(Rpc rpc, BlockFeed feed, Address hub, long chainId) {}

  /** Tells everything from {@code startBlock} on. */
  public static LogFollower from(Source source, long startBlock, FollowerSettings settings) {
    return new LogFollower(
        source.rpc(), source.feed(), source.hub(), source.chainId(), startBlock, settings);
  }

  /**
   * Goes on after blocks that the caller applied, oldest first; the last is the cursor. The cursor
   * alone will do: a roll-back then goes to the start, instead of to the newest that is still
   * there.
   */
  public static LogFollower after(
      Source source, long startBlock, List<BlockRef> applied, FollowerSettings settings) {
    var follower = from(source, startBlock, settings);
    applied.forEach(follower::tell);
    return follower;
  }

  /** Where the follower stands; empty before the first batch. */
  public Optional<BlockRef> cursor() {
    return Optional.ofNullable(told.peekLast());
  }

  /**
   * The next steps in order; empty when nothing came in this time, also while the chain is down.
   */
  public List<ChainStep> next(Duration timeout) throws InterruptedException {
    try {
      var update = feed.next(seenHead, timeout);
      if (update.blocks().isEmpty()) {
        return List.of();
      }
      checkChain();
      var head = update.blocks().getLast();
      var steps = advance(update, head);
      if (steps.isEmpty() || cursor().map(BlockRef::number).orElse(-1L) >= target(head)) {
        seenHead = head.ref();
      }
      refusals = 0;
      return steps;
    } catch (RucheException e) {
      isChecked = false;
      boolean mayPass = e.code().equals("RPC_ERROR") && ++refusals < MAX_REFUSALS;
      if (!e.isRetryable() && !mayPass) {
        throw e;
      }
      LOG.debug("follower waits code={} cause={}", e.code(), e.getMessage());
      Thread.sleep(OUTAGE_PAUSE.compareTo(timeout) < 0 ? OUTAGE_PAUSE : timeout);
      return List.of();
    }
  }

  private void checkChain() {
    if (!isChecked) {
      rpc.requireChainId(chainId);
      isChecked = true;
    }
  }

  private long target(Block head) {
    return head.number() - settings.confirmations();
  }

  private List<ChainStep> advance(BlockFeed.Update update, Block head) {
    var cursor = told.peekLast();
    if (cursor != null && isNextOf(update, cursor)) {
      return near(update.blocks());
    }
    if (cursor != null && !isOnChain(cursor)) {
      return List.of(rollBack());
    }
    long from = cursor == null ? startBlock : cursor.number() + 1;
    long to = target(head);
    if (from > to) {
      return List.of();
    }
    return to - from < NEAR ? near(rpc.blocks(from, to)) : far(from, to);
  }

  /**
   * The usual case without confirmations: the feed brings exactly the blocks that follow the
   * cursor.
   */
  private boolean isNextOf(BlockFeed.Update update, BlockRef cursor) {
    return settings.confirmations() == 0
        && update.blocks().size() <= NEAR
        && update.blocks().getFirst().parent().equals(cursor.hash());
  }

  private boolean isOnChain(BlockRef block) {
    return rpc.block(block.number()).filter(found -> found.ref().equals(block)).isPresent();
  }

  /** Back to the newest block told that the chain still has; to the start when none is left. */
  private ChainStep rollBack() {
    while (!told.isEmpty() && !isOnChain(told.getLast())) {
      told.removeLast();
    }
    long to = told.isEmpty() ? startBlock - 1 : told.getLast().number();
    LOG.warn("chain reorganised hub={} backTo={}", hub, to);
    return new ChainStep.RolledBack(to);
  }

  /** Blocks whose hashes link up, read by hash: a reorg meanwhile makes the node refuse. */
  private List<ChainStep> near(List<Block> blocks) {
    if (blocks.isEmpty() || !isLinked(blocks)) {
      return List.of();
    }
    var logs = rpc.logsOfBlocks(hub, blocks.stream().map(Block::ref).toList());
    var steps = new ArrayList<ChainStep>();
    for (int i = 0; i < blocks.size(); i++) {
      var block = blocks.get(i);
      var events = decoded(logs.get(i), block.ref());
      if (!events.isEmpty() || i == blocks.size() - 1) {
        steps.add(new ChainStep.BlockBatch(block.ref(), block.timestamp(), events));
      }
      tell(block.ref());
    }
    return steps;
  }

  private boolean isLinked(List<Block> blocks) {
    var cursor = told.peekLast();
    var parent = cursor == null ? blocks.getFirst().parent() : cursor.hash();
    for (var block : blocks) {
      if (!block.parent().equals(parent)) {
        return false;
      }
      parent = block.ref().hash();
    }
    return true;
  }

  /**
   * A range of old blocks. The range's last block is read before and after its logs: equal, and
   * equal to the logs' own block hashes, means that all were read on one branch.
   */
  private List<ChainStep> far(long from, long target) {
    long to = Math.min(target, from + settings.maxRange() - 1);
    var last = rpc.block(to);
    var logs = rpc.logs(hub, from, to);
    var byBlock = new TreeMap<Long, List<RawLog>>();
    logs.forEach(log ->
        byBlock.computeIfAbsent(log.block().number(), n -> new ArrayList<>()).add(log));
    var steps = new ArrayList<ChainStep>();
    for (var block : blocksOf(byBlock, to)) {
      var own = byBlock.getOrDefault(block.number(), List.of());
      if (own.stream().anyMatch(log -> !log.block().equals(block.ref()))) {
        return List.of();
      }
      steps.add(
          new ChainStep.BlockBatch(block.ref(), block.timestamp(), decoded(own, block.ref())));
    }
    if (last.isEmpty() || !rpc.block(to).equals(last)) {
      return List.of();
    }
    steps.forEach(step -> tell(((ChainStep.BlockBatch) step).block()));
    return steps;
  }

  private List<Block> blocksOf(SortedMap<Long, List<RawLog>> byBlock, long to) {
    var numbers = new ArrayList<>(byBlock.keySet());
    if (numbers.isEmpty() || numbers.getLast() != to) {
      numbers.add(to);
    }
    var blocks = new ArrayList<Block>();
    for (long number : numbers) {
      rpc.block(number).ifPresent(blocks::add);
    }
    return blocks;
  }

  private List<HubEvent> decoded(List<RawLog> logs, BlockRef block) {
    try {
      return logs.stream()
          .filter(log -> log.address().equals(hub) && log.block().equals(block))
          .flatMap(log -> HubEvents.decode(log).stream())
          .toList();
    } catch (IllegalArgumentException e) {
      throw ChainErrors.badAnswer("eth_getLogs", String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(BlockRef block) {
    told.addLast(block);
    if (told.size() > settings.rememberedBlocks()) {
      told.removeFirst();
    }
  }
}
