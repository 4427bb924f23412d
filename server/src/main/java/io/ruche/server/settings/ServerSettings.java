package io.ruche.server.settings;

import io.ruche.core.Address;
import io.ruche.scheduler.Admission;
import io.ruche.scheduler.CertificationPolicy;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.data.DataSettings;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.metrics.MetricsAccess;
import io.ruche.store.PostgresUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a server is told.
 *
 * @param database of a PostgreSQL server; null for SQLite in the home
 * @param readyFile written once the server is ready; null for none
 * @param pool null for a server that runs no pool
 * @param metrics who may read them
 */
public record ServerSettings(
    Path home,
    Chain chain,
    HttpSettings http,
    DataSettings data,
    @Nullable PostgresUrl database,
    @Nullable Path readyFile,
    @Nullable PoolSettings pool,
    MetricsAccess metrics) {

  /** The same, listening elsewhere. */
  public ServerSettings withHttp(HttpSettings other) {
    return new ServerSettings(home, chain, other, data, database, readyFile, pool, metrics);
  }

  /** Chains whose keys and tokens are worth nothing. */
  private static final List<Long> DEVELOPMENT_CHAINS = List.of(31_337L, 65_535L);

  /**
   * Which chain and hub.
   *
   * @param publicRpc node that workers are advised to use; empty to advise none
   */
  public record Chain(String rpc, long id, Address hub, long fromBlock, String publicRpc) {
    /** What workers are advised to use: our own node only where nothing is at stake. */
    public String advisedRpc() {
      return publicRpc.isEmpty() && isDevelopment() ? rpc : publicRpc;
    }

    public boolean isDevelopment() {
      return DEVELOPMENT_CHAINS.contains(id);
    }
  }

  /**
   * The pool role.
   *
   * @param offer what is published as orders at the start; null for nothing
   */
  public record PoolSettings(
      Address workerpool,
      Path walletFile,
      String password,
      Timing timing,
      CertificationPolicy certification,
      int maxSessions,
      Admission admission,
      @Nullable Offer offer) {

    /**
     * Time a settled task is remembered on a development chain: longer than such a chain takes to
     * save its state, which is all that it can lose. Workers hold their settled runs as long, and
     * hold a bounded number, so this bounds their rate.
     */
    private static final Duration DEVELOPMENT_CONFIRM = Duration.ofSeconds(10);

    /** The scheduler's policy under these settings. */
    public SchedulerPolicy policy(boolean isDevelopment) {
      var policy = SchedulerPolicy.defaults()
          .withCertification(certification)
          .withFailureWait(timing.failureWait())
          .withWorkerLostAfter(timing.workerLost())
          .withReconnectGrace(timing.reconnectGrace())
          .withAdmission(admission);
      return isDevelopment ? policy.withConfirmAfter(DEVELOPMENT_CONFIRM) : policy;
    }

    /** The password is a secret, and a record would print it. */
    @Override
    public String toString() {
      return "PoolSettings[workerpool=%s, walletFile=%s, password=***]"
          .formatted(workerpool, walletFile);
    }
  }

  /** How long is waited for workers. */
  public record Timing(
      Duration heartbeat, Duration workerLost, Duration reconnectGrace, Duration failureWait) {}

  /**
   * A standing offer of the pool, one order for each category.
   *
   * @param trust the highest that is promised
   * @param volume tasks of each category that are on offer at most
   */
  public record Offer(
      Pricing pricing,
      List<Long> categories,
      long trust,
      long volume,
      Clients clients,
      Selling selling) {
    public Offer {
      categories = List.copyOf(categories);
    }
  }

  /**
   * How much of the volume is on offer.
   *
   * @param isAll all of it, whatever machines there are; else what they can finish in time
   * @param percent part of the machines' time that is sold, 1 to 100
   * @param closeAfter so long must too much be on offer before it is closed: machines that are away
   *     for a moment, as all are after a restart of the server, should not cost a transaction
   */
  public record Selling(boolean isAll, int percent, Duration closeAfter) {}

  /** Whom an offer is for: each an address or a group; zero for any. */
  public record Clients(Address app, Address dataset, Address requester) {
    public static final Clients ANY = new Clients(Address.ZERO, Address.ZERO, Address.ZERO);
  }
}
