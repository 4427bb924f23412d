package io.ruche.agent.chain;

import io.ruche.chain.ChainErrors;
import io.ruche.chain.hub.Contribution;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Authorization;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.worker.AttemptId;
import io.ruche.worker.ChainView;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The worker's chain through a hub, with one sender for its wallet. */
public final class HubWorkerChain implements WorkerChain, AutoCloseable {
  /** Longest wait for a transaction; after it the engine asks the chain. */
  private static final Duration MINED_WITHIN = Duration.ofMinutes(2);

  private static final Duration STAKE_FRESHNESS = Duration.ofSeconds(2);
  private static final Duration DEV_POLL = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Rpc rpc;
  private final BlockFeed feed;
  private final Hub hub;
  private final TransactionSender sender;
  private TokenAmount stake = TokenAmount.ZERO;
  private long stakeReadAt;
  private boolean isStakeRead;

  private HubWorkerChain(Rpc rpc, BlockFeed feed, Hub hub, TransactionSender sender) {
    this.rpc = rpc;
    this.feed = feed;
    this.hub = hub;
    this.sender = sender;
  }

  /**
   * Connects; refuses a node of another chain, an address that is no hub, and development keys on a
   * real chain.
   */
  public static HubWorkerChain open(URI endpoint, long chainId, Address hubAddress, Wallet wallet) {
    boolean isDev = ChainErrors.DEVELOPMENT_CHAINS.contains(chainId);
    var rpc = Rpc.open(endpoint.toString());
    try {
      wallet.requireAllowedOn(chainId);
      var hub = Hub.open(rpc, hubAddress, chainId);
      var feed = BlockFeed.start(rpc, isDev ? DEV_POLL : POLL);
      var settings = isDev ? SenderSettings.development() : SenderSettings.production();
      var parts = SenderParts.of(rpc, feed, wallet, chainId, settings).withOutbox(new OpenOutbox());
      return new HubWorkerChain(rpc, feed, hub, TransactionSender.start(parts));
    } catch (RucheException e) {
      rpc.close();
      throw e;
    }
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
  public synchronized TokenAmount freeStake() {
    long now = System.nanoTime();
    if (!isStakeRead || now - stakeReadAt > STAKE_FRESHNESS.toNanos()) {
      stake = hub.account(sender.address()).free();
      stakeReadAt = now;
      isStakeRead = true;
    }
    return stake;
  }

  @Override
  public TxHash contribute(AttemptId id, Authorization authorization, Digest digest) {
    var call = hub.calls().contribute(authorization, digest);
    return sender
        .sendAndWait("contribute/%s/%d".formatted(id.task(), id.number()), call, MINED_WITHIN)
        .hash();
  }

  @Override
  public TxHash reveal(AttemptId id, Digest digest) {
    var call = hub.calls().reveal(id.task(), digest);
    return sender
        .sendAndWait("reveal/%s/%d".formatted(id.task(), id.number()), call, MINED_WITHIN)
        .hash();
  }

  @Override
  public ChainView look(TaskId task, Digest digest) {
    var contribution = hub.contribution(task, sender.address());
    var seen = hub.task(task);
    var hashes = ContributionHashes.of(sender.address(), task, digest);
    return new ChainView(
        seen.status(),
        standing(contribution, hashes),
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
    sender.close();
    feed.close();
    rpc.close();
  }
}
