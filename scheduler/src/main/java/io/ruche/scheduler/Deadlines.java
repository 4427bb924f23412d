package io.ruche.scheduler;

import io.ruche.core.Category;
import io.ruche.core.RunLimits;
import io.ruche.scheduler.Fact.DealAccepted;
import java.time.Duration;
import java.time.Instant;

/**
 * The times of a deal's tasks, worked out once: every look at a task compares some of them.
 *
 * @param contribution the hub takes no contribution from here on
 * @param end the hub takes nothing but a claim from here on
 * @param claimable from here on the hub surely lets anybody claim
 * @param margin before the chain's deadlines, at most a tenth of the time there is
 * @param overhead time to fetch before a run or to send a transaction after it
 * @param assignCutoff no attempt is given out from here on
 * @param halfTime when half of the time to run a task is over
 * @param mustStartBy a run that starts later may end too late, if it takes all the time it may
 * @param lastCall from here on the most frequent failure is certified, however few owners reported
 *     it
 */
record Deadlines(
    Instant contribution,
    Instant end,
    Instant claimable,
    Duration margin,
    Duration overhead,
    Instant assignCutoff,
    Instant halfTime,
    Instant mustStartBy,
    Instant lastCall) {

  static Deadlines of(DealAccepted terms, RunLimits limits, SchedulerPolicy policy) {
    var start = terms.deal().startTime();
    var category = terms.category();
    var reference = category.referenceTime();
    var contribution = start.plus(category.contributionTime());
    var end = start.plus(category.finalTime());
    var margin = min(
        policy.deadlineMargin(),
        reference.multipliedBy(Category.CONTRIBUTION_RATIO).dividedBy(10));
    var overhead = min(policy.attemptOverhead(), reference);
    var assignCutoff = contribution.minus(margin);
    return new Deadlines(
        contribution,
        end,
        end.plus(RevealStage.CHAIN_SLACK),
        margin,
        overhead,
        assignCutoff,
        start.plus(Duration.between(start, assignCutoff).dividedBy(2)),
        assignCutoff.minus(limits.runTime()).minus(overhead),
        contribution.minus(margin.multipliedBy(3)));
  }

  private static Duration min(Duration first, Duration second) {
    return first.compareTo(second) < 0 ? first : second;
  }
}
