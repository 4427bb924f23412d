package io.ruche.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Deal;
import io.ruche.core.RunLimits;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.testkit.MatchTerms;
import io.ruche.testkit.Sample;
import io.ruche.worker.Assignment;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Event;
import io.ruche.worker.Release;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The simulated world is as harsh as a real one, and not harsher. */
class SimPartsTest {
  private final World world = new World(1, true);
  private final SimChain chain = new SimChain(world, Simulation.CATEGORY);

  @Test
  void aPoolThatIsUpIsNotStartedOverItsOpenSessions() {
    var pool = new SimPool(world, chain, SchedulerPolicy.defaults());
    pool.start();
    var engine = pool.engine();

    pool.startAgain();

    assertThat(pool.engine()).isSameAs(engine);
    assertThatThrownBy(pool::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRunEndsTheSameWayWhileAReorgHidesItsDeal() {
    var deal = buy(Setup.Kind.TRAPS);
    var worker = new SimWorker(
        world,
        chain,
        Sample.worker(1),
        Sample.worker(1),
        Sample.worker(1),
        SimWorker.Manners.HONEST,
        new SimLink(world, false));
    worker.start();
    worker.feed(new Event.Assigned(new Assignment(
        new AttemptId(deal.taskId(0), 1),
        deal.id(),
        0,
        new RunLimits(Duration.ofMinutes(1), 512, 1_000_000, 100),
        new Release.AfterCommit(),
        World.START.plus(Simulation.CATEGORY.contributionTime()))));
    runUntil("Fetch[");

    chain.hub().rollBack(100);
    runUntil("WriteFailure[");

    assertThat(chain.hub().viewDeal(deal.id())).isEmpty();
  }

  private Deal buy(Setup.Kind kind) {
    var hub = chain.hub();
    hub.deposit(Sample.REQUESTER, TokenAmount.ofNano(1_000_000_000));
    hub.deposit(Sample.POOL_OWNER, TokenAmount.ofNano(1_000_000_000));
    hub.deposit(Sample.worker(1), TokenAmount.ofNano(1_000_000_000));
    hub.mine(world.now());
    return hub.viewDeal(hub.match(MatchTerms.standard().withParams(kind.name())))
        .orElseThrow();
  }

  private void runUntil(String word) {
    var end = World.START.plus(Duration.ofMinutes(5));
    while (world.lines().stream().noneMatch(line -> line.contains(word))) {
      assertThat(world.step(end)).as("there comes %s", word).isTrue();
    }
  }
}
