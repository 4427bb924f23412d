package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs one world to its end and checks what must hold after everything that happens. */
public final class Simulation {
  private static final Address CALLBACK = Sample.address(999);
  static final Category CATEGORY = new Category(0, "SIM", "", Duration.ofMinutes(1));
  private static final TokenAmount DEPOSIT = TokenAmount.ofNano(1_000_000_000_000L);
  private static final Set<String> AT_WORK = Set.of("ASSIGNED", "COMMITTED", "CERTIFYING");
  private static final int MACHINES = 3;
  private static final int FIRST_ACCOUNT = 200;
  private static final int FIRST_MACHINE = 100;
  private static final double CRASH_BEFORE_COMMANDS = 0.005;

  private final Setup setup;
  private final World world;
  private final SimChain chain;
  private final SimPool pool;
  private final List<SimWorker> workers = new ArrayList<>();
  private final Map<DealId, Setup.Purchase> deals = new LinkedHashMap<>();
  private final Set<TaskId> cancelled = new HashSet<>();

  /**
   * What became of a world.
   *
   * @param traceDigest equal for equal seeds
   * @param poolMayClose false when the engine still held something at the end
   */
  public record Outcome(
      String traceDigest,
      long happened,
      List<Ended> tasks,
      InMemoryHub hub,
      boolean poolMayClose,
      boolean workersHoldNothing,
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
    int wallets = setup.owners() == 0 ? 0 : setup.owners() + 1;
    for (int number = 1; number <= wallets; number++) {
      addWorker(number);
    }
    for (int number = 1; number <= MACHINES * setup.accounts(); number++) {
      addMachine(number);
    }
  }

  private SchedulerPolicy policy() {
    return SchedulerPolicy.defaults()
        .withCertification(setup.certification())
        .withDeadlineMargin(Duration.ofSeconds(10))
        .withConfirmAfter(Duration.ofSeconds(20));
  }

  private void addWorker(int number) {
    var worker = Sample.worker(number);
    var owner = number > setup.owners() ? Sample.worker(1) : worker;
    chain.hub().deposit(worker, DEPOSIT);
    add(new SimWorker(world, chain, worker, worker, owner, mannersOf(number)));
  }

  /** Machines beside those of the wallets; each account has as many. */
  private void addMachine(int number) {
    var account = account((number - 1) / MACHINES);
    if (number % MACHINES == 1) {
      chain.hub().deposit(account, DEPOSIT);
    }
    var machine = Sample.worker(FIRST_MACHINE + number);
    add(new SimWorker(world, chain, machine, account, account, SimWorker.Manners.HONEST));
  }

  /** The address of an account of this world. */
  static Address account(int index) {
    return Sample.worker(FIRST_ACCOUNT + index);
  }

  private void add(SimWorker simulated) {
    workers.add(simulated);
    pool.add(simulated);
  }

  /** Worker 1 is honest, then come the liars, then those who never reveal. */
  private SimWorker.Manners mannersOf(int number) {
    if (number > 1 && number <= 1 + setup.liars()) {
      return SimWorker.Manners.LIES;
    }
    boolean isMute = number > 1 && number <= 1 + setup.liars() + setup.mutes();
    return isMute ? SimWorker.Manners.NEVER_REVEALS : SimWorker.Manners.HONEST;
  }

  public Outcome run() {
    setup.deals().forEach(this::buy);
    pool.start();
    workers.forEach(worker -> world.in(world.between(0, 3_000), () -> {
      worker.start();
      worker.connect();
    }));
    planFaults();
    var end = World.START.plus(CATEGORY.finalTime()).plusSeconds(120);
    while (world.step(end)) {
      checkMoney();
      checkOwners();
    }
    return outcome();
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

  private void planFaults() {
    var faults = setup.faults();
    if (faults.equals(Faults.NONE)) {
      return;
    }
    pool.faults(faults.txLoss(), CRASH_BEFORE_COMMANDS);
    for (var worker : workers) {
      worker.faults(faults.txLoss(), faults.fetchTrouble());
      repeat(faults.workerCrash(), () -> crash(worker));
      repeat(faults.disconnect(), worker::disconnect);
    }
    repeat(faults.poolCrash(), this::crashPool);
    repeat(faults.reorg(), chain::reorganise);
    repeat(faults.cancel(), this::cancelSomeTask);
    world.in(faults.healAfter(), this::heal);
  }

  private void cancelSomeTask() {
    var all = List.copyOf(deals.keySet());
    if (all.isEmpty()) {
      return;
    }
    var deal = chain.hub().viewDeal(all.get(world.random().nextInt(all.size())));
    deal.ifPresent(bought -> {
      var task = bought.taskId(world.random().nextLong(bought.botSize()));
      cancelled.add(task);
      pool.cancel(task);
    });
  }

  private void repeat(Duration mean, Runnable fault) {
    world.in(world.once(mean), () -> {
      if (isRough()) {
        fault.run();
        repeat(mean, fault);
      }
    });
  }

  private boolean isRough() {
    return world.now().isBefore(World.START.plus(setup.faults().healAfter()));
  }

  private void crash(SimWorker worker) {
    if (worker.isAlive()) {
      worker.crash();
      world.in(world.between(1_000, 40_000), () -> startAgain(worker));
    }
  }

  private static void startAgain(SimWorker worker) {
    if (!worker.isAlive()) {
      worker.start();
      worker.connect();
    }
  }

  private void crashPool() {
    if (pool.isAlive()) {
      pool.crash();
      world.in(world.between(500, 10_000), pool::startAgain);
    }
  }

  private void heal() {
    world.trace("world", "heals");
    pool.faults(0, 0);
    pool.startAgain();
    for (var worker : workers) {
      worker.faults(0, 0);
      startAgain(worker);
    }
  }

  private void checkMoney() {
    var hub = chain.hub();
    if (!hub.inPurses().equals(hub.deposited())) {
      throw new AssertionError("seed %d at %s: money is not conserved: %s in purses, %s deposited"
          .formatted(setup.seed(), world.now(), hub.inPurses(), hub.deposited()));
    }
  }

  /** Nobody is to vote twice on a task: not two wallets of one owner, not two machines of one. */
  private void checkOwners() {
    var engine = pool.engine();
    if (setup.accounts() == 0 || engine == null) {
      return;
    }
    for (var task : engine.tasks()) {
      var owners = new HashSet<Address>();
      for (var attempt : task.attempts()) {
        if (AT_WORK.contains(attempt.state()) && !owners.add(ownerOf(attempt.machine()))) {
          throw new AssertionError("seed %d at %s: one owner is at task %s twice: %s"
              .formatted(setup.seed(), world.now(), task.id(), task.attempts()));
        }
      }
    }
  }

  /** Only what its requester stopped ends so, and no honest worker voted for anything else. */
  private void checkCancelled(Ended ended) {
    var task = ended.task().id();
    var hash = hashOfCancelled(task, ended.purchase());
    var honest = ended.contributions().stream()
        .filter(vote -> vote.status() != ChainEvent.ContributionStatus.REJECTED)
        .filter(vote -> isHonest(vote.worker()))
        .map(HubContribution::resultHash)
        .collect(Collectors.toSet());
    boolean isWanted =
        cancelled.contains(task) || ended.purchase().kind() == Setup.Kind.TRAPS_WITH_CALLBACK;
    if (honest.contains(hash) && (honest.size() > 1 || !isWanted)) {
      throw new AssertionError(
          "seed %d: task %s was cancelled beside a result, or by nobody: %s, cancelled: %s"
              .formatted(setup.seed(), task, ended.contributions(), cancelled.contains(task)));
    }
  }

  private boolean isHonest(Address worker) {
    return workers.stream()
        .filter(one -> one.worker().equals(worker))
        .allMatch(one -> one.manners() == SimWorker.Manners.HONEST);
  }

  private Address ownerOf(Address machine) {
    return workers.stream()
        .filter(worker -> worker.machine().equals(machine))
        .findFirst()
        .orElseThrow()
        .owner();
  }

  private Outcome outcome() {
    var ended = new ArrayList<Ended>();
    deals.forEach((id, purchase) -> {
      var deal = chain.hub().viewDeal(id).orElseThrow();
      for (long index = 0; index < deal.botSize(); index++) {
        var task = deal.taskId(index);
        var one =
            new Ended(purchase, chain.hub().viewTask(task), chain.hub().viewContributions(task));
        checkCancelled(one);
        ended.add(one);
      }
    });
    var engine = pool.engine();
    return new Outcome(
        world.traceDigest(),
        world.happened(),
        ended,
        chain.hub(),
        engine != null && engine.openDeals().isEmpty(),
        workers.stream().allMatch(SimWorker::holdsNothing),
        world.lines());
  }

  static Instant start() {
    return World.START;
  }
}
