package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.FailureVote;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.testkit.HubContribution;
import io.ruche.testkit.InMemoryHub;
import io.ruche.testkit.MatchTerms;
import io.ruche.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs one world to its end; {@link Invariants} hold after everything that happens. */
public final class Simulation {
  private static final Address CALLBACK = Sample.address(999);
  static final Category CATEGORY = new Category(0, "SIM", "", Duration.ofMinutes(1));
  static final Duration CONFIRM = Duration.ofSeconds(20);
  private static final TokenAmount DEPOSIT = TokenAmount.ofNano(1_000_000_000_000_000L);

  /** Many times what worlds of any size have needed; one that needs more goes round in circles. */
  private static final long EVENTS_OF_ANY_WORLD = 1_000_000;

  private static final long EVENTS_PER_HOST = 1_000;

  private final Setup setup;
  private final World world;
  private final SimChain chain;
  private final SimPool pool;
  private final Hosts hosts;
  private final Invariants invariants;
  private final FaultPlan faults;
  private final Map<DealId, Setup.Purchase> deals = new LinkedHashMap<>();

  /**
   * What became of a world.
   *
   * @param traceDigest equal for equal seeds
   * @param happened events
   * @param tasks of the deals that are on chain
   * @param checks invariants checked of what one event changed
   * @param fullChecks checks of the whole world
   * @param poolMayClose false when the engine still held something at the end
   */
  public record Outcome(
      String traceDigest,
      long happened,
      List<Ended> tasks,
      InMemoryHub hub,
      boolean poolMayClose,
      boolean workersHoldNothing,
      long checks,
      long fullChecks,
      List<String> trace) {}

  /** One task at the end. */
  public record Ended(
      Setup.Purchase purchase, OnChainTask task, List<HubContribution> contributions) {

    /** It ended as one that its requester stopped. */
    public boolean isCancelled() {
      return task.status() == TaskStatus.COMPLETED
          && task.consensusValue().equals(hashOfCancelled(task.id(), purchase));
    }
  }

  /** As workers vote on it. */
  private static Digest hashOfCancelled(TaskId task, Setup.Purchase purchase) {
    var callback =
        purchase.kind() == Setup.Kind.TRAPS_WITH_CALLBACK ? CallbackKind.ANSWER : CallbackKind.NONE;
    var digest = FailureVote.digest(new Failure(FailureCode.CANCELLED, 0), callback);
    return ContributionHashes.of(Address.ZERO, task, digest).resultHash();
  }

  public Simulation(Setup setup) {
    this.setup = setup;
    world = new World(setup.seed(), setup.isKeepingTrace());
    chain = new SimChain(world, CATEGORY);
    pool = new SimPool(world, chain, policy());
    chain.hub().deposit(Sample.REQUESTER, DEPOSIT);
    chain.hub().deposit(Sample.POOL_OWNER, DEPOSIT);
    hosts = new Hosts(world, chain, setup);
    hosts.all().forEach(pool::add);
    invariants = new Invariants(world, chain, pool, hosts);
    faults =
        new FaultPlan(world, chain, pool, hosts, setup.faults(), () -> List.copyOf(deals.keySet()));
  }

  private SchedulerPolicy policy() {
    return SchedulerPolicy.defaults()
        .withCertification(setup.certification())
        .withDeadlineMargin(Duration.ofSeconds(10))
        .withConfirmAfter(CONFIRM);
  }

  public Outcome run() {
    try {
      live();
      return outcome();
    } catch (AssertionError e) {
      throw new AssertionError("seed %d %s".formatted(setup.seed(), e.getMessage()), e);
    }
  }

  private void live() {
    setup.deals().forEach(this::buy);
    pool.start();
    hosts
        .all()
        .forEach(worker -> world.in(world.between(0, 3_000), () -> {
          worker.start();
          worker.connect();
        }));
    faults.begin(setup.crowd());
    var end = World.START.plus(CATEGORY.finalTime()).plusSeconds(120);
    long most = EVENTS_OF_ANY_WORLD + EVENTS_PER_HOST * hosts.all().size();
    while (!isOver() && world.step(end)) {
      invariants.afterEvent();
      if (world.happened() > most) {
        throw new AssertionError("at %s: no end after %d events, expected it after %d at most"
            .formatted(world.now(), world.happened(), most));
      }
    }
    invariants.checkAll();
  }

  /** Of a crowd the rest would be heartbeats; asked seldom, for it looks at everybody. */
  private boolean isOver() {
    return setup.crowd().hosts() > 0
        && world.happened() % Invariants.FULL_EVERY == 0
        && deals.size() == setup.deals().size()
        && isPoolDone()
        && hosts.all().stream().allMatch(SimWorker::holdsNothing);
  }

  private boolean isPoolDone() {
    var engine = pool.engine();
    return engine != null && engine.openDeals().isEmpty();
  }

  private void buy(Setup.Purchase purchase) {
    var terms = MatchTerms.standard()
        .withTrust(purchase.trust())
        .withVolume(purchase.volume())
        .withParams(purchase.kind().name())
        .withCallback(purchase.kind() == Setup.Kind.TRAPS_WITH_CALLBACK ? CALLBACK : Address.ZERO);
    chain.submit(
        "match " + purchase, 0, () -> deals.put(chain.hub().match(terms), purchase), outcome -> {});
  }

  /** Only what its requester stopped ends so, and no honest worker voted for anything else. */
  private void checkCancelled(Ended ended) {
    var task = ended.task().id();
    var hash = hashOfCancelled(task, ended.purchase());
    var honest = ended.contributions().stream()
        .filter(vote -> vote.status() != ChainEvent.ContributionStatus.REJECTED)
        .filter(vote -> hosts.isHonest(vote.worker()))
        .map(HubContribution::resultHash)
        .collect(Collectors.toSet());
    boolean isWanted =
        faults.isCancelled(task) || ended.purchase().kind() == Setup.Kind.TRAPS_WITH_CALLBACK;
    if (honest.contains(hash) && (honest.size() > 1 || !isWanted)) {
      throw new AssertionError(
          "task %s was cancelled beside a result, or by nobody: %s, cancelled: %s"
              .formatted(task, ended.contributions(), faults.isCancelled(task)));
    }
  }

  private Outcome outcome() {
    var ended = new ArrayList<Ended>();
    deals.forEach((id, purchase) -> {
      chain.hub().viewDeal(id).ifPresent(deal -> addEnded(purchase, deal, ended));
    });
    return new Outcome(
        world.traceDigest(),
        world.happened(),
        ended,
        chain.hub(),
        isPoolDone(),
        hosts.all().stream().allMatch(SimWorker::holdsNothing),
        invariants.incremental(),
        invariants.full(),
        world.lines());
  }

  private void addEnded(Setup.Purchase purchase, Deal deal, List<Ended> ended) {
    for (long index = 0; index < deal.botSize(); index++) {
      var task = deal.taskId(index);
      var one =
          new Ended(purchase, chain.hub().viewTask(task), chain.hub().viewContributions(task));
      checkCancelled(one);
      ended.add(one);
    }
  }

  static Instant start() {
    return World.START;
  }
}
