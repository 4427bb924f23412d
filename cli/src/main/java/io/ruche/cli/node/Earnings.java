package io.ruche.cli.node;

import io.ruche.agent.state.WorkerMark;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Connection;
import io.ruche.cli.Session;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the hub paid a worker lately, out of its own events.
 *
 * @param span over which it was paid: the last day, or less where the blocks that are read, or the
 *     time since the worker is counted, are less
 */
record Earnings(TokenAmount rewards, Duration span) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Blocks that are searched: a day of a chain with a block each twelve seconds, and some. */
  private static final long MAX_BLOCKS = 10_000;

  /** Empty when the chain cannot be asked, or for a worker that never ran. */
  static Optional<Earnings> find(Session session, Path folder, Instant since) {
    try {
      var worker = WorkerMark.read(folder);
      if (worker.isEmpty()) {
        return Optional.empty();
      }
      try (var client = RucheClient.open(endpoints(session, folder), Wallet.random())) {
        return Optional.of(find(client, worker.get(), since));
      }
    } catch (RucheException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RucheClient.Endpoints endpoints(Session session, Path folder) {
    var file = new WorkerFile(folder);
    if (!Files.exists(file.path())) {
      return Connection.endpoints(session.network());
    }
    var settings = file.read();
    return new RucheClient.Endpoints(
        settings.path("chainId").asLong(),
        URI.create(settings.path("rpc").asText()),
        new Address(settings.path("hub").asText()),
        URI.create(settings.path("pool").asText()));
  }

  private static Earnings find(RucheClient client, Address worker, Instant since) {
    var rpc = client.hub().rpc();
    var head = rpc.latestBlock();
    long oldest = Math.max(0, head.ref().number() - MAX_BLOCKS);
    var covered = Duration.between(rpc.block(oldest).orElse(head).timestamp(), head.timestamp());
    var span = shortest(DAY, covered, Duration.between(since, head.timestamp()));
    long blocks = covered.isZero()
        ? head.ref().number() - oldest
        : (head.ref().number() - oldest) * span.toSeconds() / Math.max(1, covered.toSeconds());
    var rewards =
        client.hub().rewards(worker, head.ref().number() - blocks, head.ref().number());
    return new Earnings(rewards.stream().reduce(TokenAmount.ZERO, TokenAmount::plus), span);
  }

  private static Duration shortest(Duration first, Duration second, Duration third) {
    var least = first.compareTo(second) < 0 ? first : second;
    least = least.compareTo(third) < 0 ? least : third;
    return least.isNegative() ? Duration.ZERO : least;
  }

  /** Rewards of an hour, as they were on average. */
  TokenAmount perHour() {
    return TokenAmount.ofNano(Math.round(perSecond() * 3_600));
  }

  /**
   * Rewards of a kilowatt-hour.
   *
   * @param watts that the machine draws while it works, on average over all the time
   */
  Optional<TokenAmount> perKilowattHour(double watts) {
    return watts <= 0
        ? Optional.empty()
        : Optional.of(TokenAmount.ofNano(Math.round(perSecond() * 3_600_000 / watts)));
  }

  private double perSecond() {
    return rewards.nano().doubleValue() / Math.max(1, span.toSeconds());
  }
}
