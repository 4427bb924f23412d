package io.ruche.worker.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns rulings over time into a stance. Called from one thread, with times that do not go back;
 * where they do, waits only get longer.
 *
 * <p>Transitions, DRAIN standing in for WORK while the owner drains, or something stands against
 * new work alone, until {@link #RESUME_AFTER} without a break:
 *
 * <ul>
 *   <li>first look → WORK: nothing stands against it; else → HAND_BACK
 *   <li>WORK → PAUSE: an obstacle came up, at once
 *   <li>PAUSE → HAND_BACK: paused for the grace time; in the same look when that is zero
 *   <li>PAUSE, HAND_BACK → WORK: no obstacle for {@link #RESUME_AFTER} without a break, so there is
 *       at most one such change in that time; at once when the owner's own pause was the last one
 * </ul>
 */
public final class Availability {
  /** Time without any obstacle before work goes on: the bound against flapping. */
  public static final Duration RESUME_AFTER = Duration.ofSeconds(15);

  private Rule rule;
  private Duration grace;
  private @Nullable Stance stance;
  private Instant since = Instant.MIN;
  private @Nullable Instant clearSince;
  private Instant shortUntil = Instant.MIN;
  private OwnerWord heard = OwnerWord.WORK;

  public Availability(Rule rule, Duration grace) {
    this.rule = rule;
    this.grace = grace;
  }

  public Rule rule() {
    return rule;
  }

  /** Other settings; the stance follows at the next look. */
  public void change(Rule newRule, Duration newGrace) {
    rule = newRule;
    grace = newGrace;
  }

  public Outlook look(Moment moment, OwnerWord word) {
    var now = moment.now();
    var obstacles = new ArrayList<>(rule.obstacles(moment));
    var shortages = shortages(moment);
    boolean isRelieved = heard == OwnerWord.PAUSE && word != OwnerWord.PAUSE;
    heard = word;
    if (word == OwnerWord.PAUSE) {
      obstacles.addFirst(said(Obstacle.OWNER_PAUSED, "the owner paused this worker"));
    }
    if (!obstacles.isEmpty()) {
      clearSince = null;
      takeBlocked(now);
    } else if (mayWork(now, isRelieved)) {
      boolean isDrained = word == OwnerWord.DRAIN || !shortages.isEmpty();
      take(isDrained ? Stance.DRAIN : Stance.WORK, now);
    } else {
      handBackIfDue(now);
      obstacles.add(settling(clearSince == null ? null : clearSince.plus(RESUME_AFTER)));
    }
    obstacles.addAll(shortages);
    if (stance == Stance.DRAIN && word == OwnerWord.DRAIN) {
      obstacles.add(said(Obstacle.OWNER_DRAINS, "the owner lets this worker run dry"));
    }
    return new Outlook(current(), since, obstacles);
  }

  /** What stands against new work, or did so a moment ago. */
  private List<Obstacle> shortages(Moment moment) {
    var found = rule.obstaclesToNewWork(moment);
    if (!found.isEmpty()) {
      shortUntil = moment.now().plus(RESUME_AFTER);
    } else if (moment.now().isBefore(shortUntil)) {
      return List.of(settling(shortUntil));
    }
    return found;
  }

  private void takeBlocked(Instant now) {
    if (stance == null) {
      take(Stance.HAND_BACK, now);
    } else if (stance == Stance.WORK || stance == Stance.DRAIN) {
      take(Stance.PAUSE, now);
    }
    handBackIfDue(now);
  }

  private void handBackIfDue(Instant now) {
    if (stance == Stance.PAUSE && !now.isBefore(since.plus(grace))) {
      take(Stance.HAND_BACK, now);
    }
  }

  private boolean mayWork(Instant now, boolean isRelieved) {
    if (stance == null || stance == Stance.WORK || stance == Stance.DRAIN || isRelieved) {
      return true;
    }
    if (clearSince == null) {
      clearSince = now;
    }
    return !now.isBefore(clearSince.plus(RESUME_AFTER));
  }

  private void take(Stance next, Instant now) {
    if (stance != next) {
      stance = next;
      since = now;
    }
  }

  private Stance current() {
    if (stance == null) {
      throw new IllegalStateException("no look was taken yet");
    }
    return stance;
  }

  private static Obstacle settling(@Nullable Instant until) {
    return new Obstacle(
        Obstacle.SETTLING,
        "nothing stands against work any more",
        "wait %d s without a break".formatted(RESUME_AFTER.toSeconds()),
        until);
  }

  private static Obstacle said(String code, String reason) {
    return new Obstacle(code, reason, "run `ruche worker resume`", null);
  }
}
