package io.ruche.scheduler.selling;

import io.ruche.scheduler.selling.Offerable.Limit;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much may be on offer so that everything sold still ends in time, whoever buys and however
 * fast: all that is on offer counts as bought now.
 *
 * <p>Work with the earliest deadline runs first, a run is not interrupted, and no slot stands idle
 * while work waits. Then a task ends by {@code d} if, of all tasks due by {@code d}, the runs take
 * at most {@code slots * (d - 2 L)} of slot time, {@code L} being the longest run of all: one such
 * run may hold each slot at the start, and the last run of the task starts at the latest when all
 * the others have ended. This is Graham's bound for list scheduling (1969), with the blocking by
 * one longer run that non-preemptive scheduling adds (Jeffay, Stanat and Martel 1991).
 */
public final class SellingPlan {
  private static final int ALL_PERCENT = 100;
  private static final int LONGEST_RUNS = 2;

  private final Capacity capacity;
  private final long longestMillis;
  private final List<Due> due = new ArrayList<>();

  /** Work in milliseconds of slots, and when it is due, in milliseconds from now. */
  private record Due(long atMillis, BigInteger workMillis) {}

  private SellingPlan(Capacity capacity, List<Sold> sold, List<Shelf> shelves, Instant now) {
    this.capacity = capacity;
    long longest = 0;
    for (var batch : sold) {
      longest = Math.max(longest, batch.runTime().toMillis());
      long at = Math.max(0, Duration.between(now, batch.deadline()).toMillis());
      due.add(new Due(at, work(batch.tasks(), batch.copies(), batch.runTime())));
    }
    for (var shelf : shelves) {
      longest = Math.max(longest, shelf.runTime().toMillis());
    }
    longestMillis = longest;
  }

  /**
   * What may be on offer of each category, in the order of the shelves. All get an equal part as
   * far as they can use it; what is left over goes to those that can use more.
   */
  public static List<Offerable> of(
      Capacity capacity, List<Sold> sold, List<Shelf> shelves, Instant now) {
    return new SellingPlan(capacity, sold, shelves, now).fill(shelves);
  }

  private List<Offerable> fill(List<Shelf> shelves) {
    var soonestFirst =
        shelves.stream().sorted(Comparator.comparing(Shelf::window)).toList();
    long[] given = new long[shelves.size()];
    for (int i = 0; i < soonestFirst.size(); i++) {
      give(soonestFirst.get(i), shelves, given, soonestFirst.size() - i);
    }
    for (var shelf : soonestFirst) {
      give(shelf, shelves, given, 1);
    }
    var offers = new ArrayList<Offerable>();
    for (int i = 0; i < given.length; i++) {
      offers.add(
          new Offerable(shelves.get(i).category(), given[i], limit(shelves.get(i), given[i])));
    }
    return offers;
  }

  private void give(Shelf shelf, List<Shelf> shelves, long[] given, int among) {
    int index = shelves.indexOf(shelf);
    long more = Math.min(shelf.maxTasks() - given[index], room(shelf) / among);
    if (more > 0) {
      given[index] += more;
      due.add(new Due(shelf.window().toMillis(), work(more, shelf.copies(), shelf.runTime())));
    }
  }

  private Limit limit(Shelf shelf, long tasks) {
    if (tasks == shelf.maxTasks()) {
      return Limit.SETTING;
    }
    if (capacity.slots() == 0) {
      return Limit.NO_WORKER;
    }
    if (shelf.trust() > capacity.servableTrust()) {
      return Limit.TOO_FEW_OWNERS;
    }
    return slotMillis(shelf.window().toMillis()).compareTo(work(1, shelf.copies(), shelf.runTime()))
            < 0
        ? Limit.RUNS_TOO_LONG
        : Limit.SOLD_OUT;
  }

  /** How many tasks more would still end in time, and let all others do so. */
  private long room(Shelf shelf) {
    if (capacity.slots() == 0 || shelf.trust() > capacity.servableTrust()) {
      return 0;
    }
    var one = work(1, shelf.copies(), shelf.runTime());
    long room = Long.MAX_VALUE;
    long window = shelf.window().toMillis();
    room = Math.min(room, roomUntil(window, one));
    for (var other : due) {
      if (other.atMillis() > window) {
        room = Math.min(room, roomUntil(other.atMillis(), one));
      }
    }
    return room;
  }

  private long roomUntil(long atMillis, BigInteger one) {
    var free = slotMillis(atMillis);
    for (var other : due) {
      if (other.atMillis() <= atMillis) {
        free = free.subtract(other.workMillis());
      }
    }
    if (free.signum() < 0) {
      return 0;
    }
    return one.signum() == 0
        ? Long.MAX_VALUE
        : free.divide(one).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  /** Slot time that is sold until then. */
  private BigInteger slotMillis(long atMillis) {
    long usable = Math.max(0, atMillis - LONGEST_RUNS * longestMillis);
    return BigInteger.valueOf(usable)
        .multiply(BigInteger.valueOf((long) capacity.slots() * capacity.sellablePercent()))
        .divide(BigInteger.valueOf(ALL_PERCENT));
  }

  private static BigInteger work(long tasks, int copies, Duration runTime) {
    return BigInteger.valueOf(tasks)
        .multiply(BigInteger.valueOf(copies))
        .multiply(BigInteger.valueOf(runTime.toMillis()));
  }
}
