package io.ruche.agent.chain;

import io.ruche.chain.Call;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.hub.Contribution;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.FileOutbox;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxHandle;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Authorization;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.worker.AttemptId;
import io.ruche.worker.ChainView;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/** The worker's chain through a hub, with one sender for its machine's wallet. */
public final class HubWorkerChain implements WorkerChain, AutoCloseable {
  /** Longest wait for a transaction; after it the engine asks the chain. */
  private static final Duration MINED_WITHIN = Duration.ofMinutes(2);

  /** The account's error when ended tasks that nobody settled stand under the machine's cap. */
  private static final String CAP_EXCEEDED = "StakeCapExceeded";

  private static final int MAX_TRIES = 16;
  private static final Duration STAKE_FRESHNESS = Duration.ofSeconds(2);
  private static final Duration DEV_POLL = Duration.ofMillis(100);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Hub hub;
  private final Seat seat;
  private final TransactionSender sender;
  private final Deque<AutoCloseable> opened;
  private TokenAmount stake = TokenAmount.ZERO;
  private long stakeReadAt;
  private boolean isStakeRead;

  private HubWorkerChain(
      Hub hub, Seat seat, TransactionSender sender, Deque<AutoCloseable> opened) {
    this.hub = hub;
    this.seat = seat;
    this.sender = sender;
    this.opened = opened;
  }

  /**
   * Where the hub is, and who works there.
   *
   * @param account the zero address when the wallet works for itself
   */
  public record Place(URI rpc, long chainId, Address hub, Address account) {}

  /**
   * Connects; refuses a node of another chain, an address that is no hub, an account that is not of
   * this hub, and development keys on a real chain.
   *
   * @param outboxFile keeps signed transactions until they are deep in the chain
   */
  public static HubWorkerChain open(Place place, Wallet wallet, Path outboxFile) {
    boolean isDev = ChainErrors.DEVELOPMENT_CHAINS.contains(place.chainId());
    var opened = new ArrayDeque<AutoCloseable>();
    try {
      var rpc = kept(opened, Rpc.open(place.rpc().toString()));
      wallet.requireAllowedOn(place.chainId());
      var hub = Hub.open(rpc, place.hub(), place.chainId());
      var seat = Seat.of(hub, wallet.address(), place.account());
      var feed = kept(opened, BlockFeed.start(rpc, isDev ? DEV_POLL : POLL));
      var outbox = kept(opened, FileOutbox.open(outboxFile));
      var settings = isDev ? SenderSettings.development() : SenderSettings.production();
      var parts = SenderParts.of(rpc, feed, wallet, place.chainId(), settings).withOutbox(outbox);
      var sender = kept(opened, TransactionSender.start(parts));
      return new HubWorkerChain(hub, seat, sender, opened);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  /** False while the account does not list this machine; its pool will not let it in. */
  public boolean isListed() {
    return seat.isListed();
  }

  private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> opened, T part) {
    opened.push(part);
    return part;
  }

  @Override
  public Optional<DealFacts> deal(DealId id) {
    return hub.deal(id).map(this::facts);
  }

  private DealFacts facts(Deal deal) {
    var dataset = deal.dataset();
    return new DealFacts(
        deal,
        hub.app(deal.app().address()).orElseThrow(unregistered("app", deal.app().address())),
        dataset.isPresent()
            ? hub.dataset(dataset.address()).orElseThrow(unregistered("dataset", dataset.address()))
            : null,
        hub.category(deal.categoryId()).orElseThrow(unregistered("category", deal.categoryId())));
  }

  private static Supplier<RucheException> unregistered(String what, Object id) {
    return () -> new RucheException(
        "NOT_REGISTERED",
        "the deal names %s %s, which the hub does not know.".formatted(what, id),
        "",
        false);
  }

  @Override
  public synchronized TokenAmount freeStake(TokenAmount needed) {
    long now = System.nanoTime();
    boolean isEnough = stake.compareTo(needed) >= 0;
    if (!isStakeRead || !isEnough || now - stakeReadAt > STAKE_FRESHNESS.toNanos()) {
      stake = seat.freeStake(needed);
      stakeReadAt = now;
      isStakeRead = true;
    }
    return stake;
  }

  @Override
  public TxHash contribute(AttemptId id, Authorization authorization, Digest digest) {
    var call = seat.call(hub.calls().contribute(authorization, digest));
    try {
      return send("contribute", id, call);
    } catch (RucheException e) {
      if (!String.valueOf(e.getMessage()).contains(CAP_EXCEEDED)) {
        throw e;
      }
      send("settle-account", id, seat.settlement());
      return send("contribute", id, call);
    }
  }

  @Override
  public TxHash contributeAndFinalize(
      AttemptId id, Authorization authorization, Digest digest, Settlement settlement) {
    var call = hub.calls().contributeAndFinalize(authorization, digest, settlement);
    return send("settle", id, seat.call(call));
  }

  @Override
  public TxHash reveal(AttemptId id, Digest digest) {
    return send("reveal", id, seat.call(hub.calls().reveal(id.task(), digest)));
  }

  /** An action that is asked for again is sent again only after its last try failed for good. */
  private TxHash send(String action, AttemptId id, Call call) {
    for (int number = 1; number <= MAX_TRIES; number++) {
      var key = "%s/%s/%d/%d".formatted(action, id.task(), id.number(), number);
      var handle = sender.send(key, call);
      var before = handle.outcome();
      if (before.isEmpty() || before.get().isSuccess()) {
        return mined(handle, id);
      }
    }
    throw new RucheException(
        "TX_REVERTED",
        "%s of task %s failed %d times.".formatted(action, id.task(), MAX_TRIES),
        "Look at the task on chain.",
        false);
  }

  private static TxHash mined(TxHandle handle, AttemptId id) {
    try {
      return handle.awaitSuccess(MINED_WITHIN).hash();
    } catch (RucheException e) {
      if (!String.valueOf(e.getMessage()).contains("TaskNotActive(%s, 0)".formatted(id.task()))) {
        throw e;
      }
      throw new RucheException(
          "TASK_NOT_STARTED",
          "the chain lost the start of task %s in a reorganisation.".formatted(id.task()),
          "",
          true,
          e);
    }
  }

  @Override
  public ChainView look(TaskId task, Digest digest) {
    var standing = hub.standing(task, seat.worker());
    var seen = standing.task();
    var hashes = ContributionHashes.of(seat.worker(), task, digest);
    return new ChainView(
        seen.status(),
        standing(standing.contribution(), hashes),
        seen.consensusValue().equals(hashes.resultHash()));
  }

  /** A contribution of another digest is not ours to reveal. */
  private static ChainView.Standing standing(Contribution contribution, ContributionHashes hashes) {
    return switch (contribution.status()) {
      case UNSET -> ChainView.Standing.NONE;
      case CONTRIBUTED ->
        contribution.resultHash().equals(hashes.resultHash())
            ? ChainView.Standing.CONTRIBUTED
            : ChainView.Standing.REJECTED;
      case PROVED -> ChainView.Standing.PROVED;
      case REJECTED -> ChainView.Standing.REJECTED;
    };
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the chain client did not close", e);
      }
    }
  }
}
