package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one task by number: few, and looked through at every event, so by index where it
 * matters: iterators were a tenth of all garbage.
 */
final class Attempts implements Iterable<Attempt> {
  private final ChainView chain;
  private final List<Attempt> byNumber = new ArrayList<>(1);

  Attempts(ChainView chain) {
    this.chain = chain;
  }

  /** In place of a former one of the same number. */
  void add(Attempt attempt) {
    int place = byNumber.size();
    while (place > 0 && numberAt(place - 1) >= attempt.id().number()) {
      place--;
    }
    if (place < byNumber.size() && numberAt(place) == attempt.id().number()) {
      byNumber.set(place, attempt);
    } else {
      byNumber.add(place, attempt);
    }
  }

  @Nullable
  Attempt find(int number) {
    for (int i = 0; i < byNumber.size(); i++) {
      if (numberAt(i) == number) {
        return byNumber.get(i);
      }
    }
    return null;
  }

  int nextNumber() {
    return byNumber.isEmpty() ? 1 : numberAt(byNumber.size() - 1) + 1;
  }

  int size() {
    return byNumber.size();
  }

  boolean isEmpty() {
    return byNumber.isEmpty();
  }

  @Override
  public Iterator<Attempt> iterator() {
    return byNumber.iterator();
  }

  Stream<Attempt> stream() {
    return byNumber.stream();
  }

  List<Attempt> of(Address worker) {
    return byNumber.stream().filter(attempt -> attempt.worker().equals(worker)).toList();
  }

  /** Those that may still become a contribution which the chain does not show yet. */
  List<Attempt> pending() {
    if (!hasPending()) {
      return List.of();
    }
    var pending = new ArrayList<Attempt>(byNumber.size());
    for (int i = 0; i < byNumber.size(); i++) {
      if (isPending(byNumber.get(i))) {
        pending.add(byNumber.get(i));
      }
    }
    return pending;
  }

  /** How many of those are in this state. */
  int pendingIn(Attempt.State state) {
    int count = 0;
    for (int i = 0; i < byNumber.size(); i++) {
      count += byNumber.get(i).is(state) && isPending(byNumber.get(i)) ? 1 : 0;
    }
    return count;
  }

  /** Whether any of them ended without a result. */
  boolean hasFailure() {
    for (int i = 0; i < byNumber.size(); i++) {
      if (byNumber.get(i).failure() != null) {
        return true;
      }
    }
    return false;
  }

  boolean hasPending() {
    for (int i = 0; i < byNumber.size(); i++) {
      if (isPending(byNumber.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isPending(Attempt attempt) {
    return attempt.isPending() && !chain.hasVoted(attempt.worker());
  }

  /** The attempt with which a worker voted, as far as we can tell; the latest of equals. */
  @Nullable
  Attempt votingOf(Address worker) {
    Attempt best = null;
    for (int i = 0; i < byNumber.size(); i++) {
      var attempt = byNumber.get(i);
      boolean isLikelier = best == null || likelihood(attempt) >= likelihood(best);
      if (attempt.worker().equals(worker) && isLikelier) {
        best = attempt;
      }
    }
    return best;
  }

  private static int likelihood(Attempt attempt) {
    if (attempt.is(Attempt.State.CONTRIBUTED)) {
      return 3;
    }
    if (attempt.isPending()) {
      return 2;
    }
    return attempt.dropReason() == Fact.DropReason.REFUSED ? 0 : 1;
  }

  /** Machines that have not come back since they ran it. */
  int killed() {
    Collection<Address> machines = List.of();
    for (int i = 0; i < byNumber.size(); i++) {
      var attempt = byNumber.get(i);
      if (attempt.dropReason() == Fact.DropReason.LOST_RUNNING) {
        machines = machines.isEmpty() ? new HashSet<>() : machines;
        machines.add(attempt.machine());
      }
    }
    return machines.size();
  }

  int atWork() {
    int atWork = 0;
    for (int i = 0; i < byNumber.size(); i++) {
      atWork += byNumber.get(i).is(Attempt.State.ASSIGNED) ? 1 : 0;
    }
    return atWork;
  }

  private int numberAt(int place) {
    return byNumber.get(place).id().number();
  }
}
