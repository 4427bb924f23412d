package io.ruche.certify.lab;

import io.ruche.certify.Authorized;
import io.ruche.certify.Decision;
import io.ruche.core.Consensus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays one contender through an experiment, event by event: a task arrives, or a run ends. The
 * oldest task that wants runs is served first, by any idle worker that has not run it yet. Times
 * are in times of one run on an average worker. One instance, one use.
 */
public final class Laboratory {
  /** A run takes from half to one and a half of the average. */
  private static final double SHORTEST_RUN = 0.5;

  /** Waiting tasks looked at for idle workers after each event. */
  private static final int MOST_LOOKED_AT = 16;

  private final Experiment experiment;
  private final Contender contender;
  private final SplittableRandom arrivals;
  private final SplittableRandom chance;
  private final Crowd crowd;
  private final Tally tally;
  private final PriorityQueue<RunEnd> ends = new PriorityQueue<>();
  private final Deque<LabTask> waiting = new ArrayDeque<>();
  private double now;
  private long answersAlone;
  private long order;

  /** A run that will end; of a check when there is no task. */
  private record RunEnd(
      double at, long order, LabWorker worker, @Nullable LabTask task)
      implements Comparable<RunEnd> {
    @Override
    public int compareTo(RunEnd other) {
      int byTime = Double.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private Laboratory(Experiment experiment, Contender contender) {
    this.experiment = experiment;
    this.contender = contender;
    var seeds = new SplittableRandom(experiment.seed());
    this.arrivals = seeds.split();
    this.chance = seeds.split();
    this.crowd = new Crowd(experiment.population(), seeds.split());
    this.tally = new Tally(experiment.tasks());
  }

  /**
   * Runs the experiment to its end.
   *
   * @param progress told how many tasks have arrived, after each
   */
  public static Report run(Experiment experiment, Contender contender, IntConsumer progress) {
    return new Laboratory(experiment, contender).play(progress);
  }

  private Report play(IntConsumer progress) {
    double rate = experiment.load() * experiment.population().workers();
    double next = gap(rate);
    for (int arrived = 0; arrived < experiment.tasks(); ) {
      var end = ends.peek();
      if (end != null && end.at() <= next) {
        end(ends.remove());
      } else {
        now = next;
        arrive();
        progress.accept(++arrived);
        next = now + gap(rate);
      }
      serve();
    }
    while (!ends.isEmpty()) {
      end(ends.remove());
      serve();
    }
    return tally.report(contender.label());
  }

  /** Strict, so that a seed gives the same run on every machine. */
  private double gap(double rate) {
    return -StrictMath.log(1 - arrivals.nextDouble()) / rate;
  }

  private void arrive() {
    var task = new LabTask(now, arrivals.nextDouble());
    decide(task);
  }

  private void end(RunEnd end) {
    now = end.at();
    var worker = end.worker();
    tally.ran(worker, end.task() == null);
    if (end.task() == null) {
      judgeCheck(worker);
    } else if (!end.task().isOver()) {
      take(end.task(), worker);
    }
    worker.ran();
    if (worker.isExpelled()) {
      crowd.replace(worker);
    } else {
      crowd.release(worker);
    }
  }

  private void take(LabTask task, LabWorker worker) {
    if (worker.isExpelled()) {
      task.drop(worker);
    } else {
      task.answer(worker, isLie(worker) ? lie() : LabTask.RIGHT);
    }
    decide(task);
  }

  private boolean isLie(LabWorker worker) {
    var population = experiment.population();
    return worker.isLiar()
        && worker.runs() >= population.honestRuns()
        && chance.nextDouble() < population.lieRate();
  }

  private long lie() {
    return experiment.population().isColluding() ? 1 : 2 + answersAlone++;
  }

  private void judgeCheck(LabWorker worker) {
    if (isLie(worker)) {
      worker.record(worker.record().failedCheck());
      expelIfBanned(worker);
    } else {
      worker.record(worker.record().passedCheck());
      tally.paid(worker, experiment.price());
    }
  }

  private void decide(LabTask task) {
    switch (contender.method().decide(task.ballot(contender.trust()))) {
      case Decision.Accept(int group) -> accept(task, group);
      case Decision.Want(int copies) -> want(task, copies);
    }
  }

  private void want(LabTask task, int copies) {
    task.want(Math.min(copies, Consensus.MAX_COPIES - task.copies()));
    if (task.wanted() > 0 && !task.isQueued()) {
      task.queued(true);
      waiting.addLast(task);
    }
  }

  private void accept(LabTask task, int accepted) {
    task.end();
    var answers = task.answers();
    boolean hadCompany =
        answers.stream().mapToInt(answer -> answer.getValue().size()).sum() > 1;
    var winners = answers.get(accepted).getValue();
    for (int group = 0; group < answers.size(); group++) {
      if (group != accepted) {
        answers.get(group).getValue().forEach(loser -> outvoted(loser, winners));
      }
    }
    for (var winner : winners) {
      winner.record(winner.record().accepted(hadCompany));
      tally.paid(winner, experiment.price());
    }
    tally.accepted(answers.get(accepted).getKey() != LabTask.RIGHT, now - task.arrivedAt());
  }

  private void expelIfBanned(LabWorker worker) {
    if (worker.isExpelled() || !contender.method().isBanned(worker.record())) {
      return;
    }
    worker.expel();
    tally.banned(worker);
    if (crowd.dismiss(worker)) {
      crowd.replace(worker);
    }
  }

  private void outvoted(LabWorker loser, List<LabWorker> winners) {
    loser.record(loser.record().outvoted());
    expelIfBanned(loser);
    if (contender.method().authorized() == Authorized.WITH_WORK) {
      tally.moved(loser, -experiment.stake());
      winners.forEach(winner -> tally.moved(winner, experiment.stake() / winners.size()));
    }
  }

  /** Gives idle workers to waiting tasks; those that nobody idle may run keep their place. */
  private void serve() {
    Deque<LabTask> kept = new ArrayDeque<>();
    for (int looked = 0; looked < MOST_LOOKED_AT && crowd.isIdle(); looked++) {
      var task = waiting.pollFirst();
      if (task == null) {
        break;
      }
      serve(task);
      if (task.wanted() > 0) {
        kept.addFirst(task);
      } else {
        task.queued(false);
      }
    }
    kept.forEach(waiting::addFirst);
  }

  private void serve(LabTask task) {
    while (task.wanted() > 0) {
      var worker = crowd.take(task);
      if (worker == null) {
        return;
      }
      if (isCheckDue()) {
        start(worker, null);
      } else {
        task.start(worker);
        start(worker, task);
        decide(task);
      }
    }
  }

  /** So many of all runs that there are {@code checkRate} checks for each other run. */
  private boolean isCheckDue() {
    double rate = contender.method().checkRate();
    return rate > 0 && chance.nextDouble() < rate / (1 + rate);
  }

  private void start(LabWorker worker, @Nullable LabTask task) {
    double length = SHORTEST_RUN + chance.nextDouble();
    ends.add(new RunEnd(now + length, order++, worker, task));
  }
}
