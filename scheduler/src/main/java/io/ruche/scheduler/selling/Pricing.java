package io.ruche.scheduler.selling;

import io.ruche.core.TokenAmount;
import io.ruche.scheduler.selling.Asked.Why;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a pool sets the price of a task: pure arithmetic, asked again and again. */
public sealed interface Pricing {

  /**
   * What is for sale.
   *
   * @param runTime that a run is expected to hold a slot: the category's reference time
   * @param copies runs of a task at the trust that is promised
   */
  record Good(Duration runTime, int copies) {}

  /**
   * The price now.
   *
   * @param rival the lowest price of others for the like; null when nobody offers it
   * @param before what was asked last; null when nothing was yet
   */
  Asked ask(Good good, @Nullable TokenAmount rival, @Nullable Asked before, Instant now);

  /** Whether it can ever change, so that orders at an earlier price must go. */
  boolean isMoving();

  /** The same for every task. */
  record Fixed(TokenAmount price) implements Pricing {
    @Override
    public Asked ask(Good good, @Nullable TokenAmount rival, @Nullable Asked before, Instant now) {
      return since(new Asked(price, Why.FIXED, now), before);
    }

    @Override
    public boolean isMoving() {
      return false;
    }
  }

  /**
   * What power costs, and the margin.
   *
   * @param least never less than this
   */
  record FromEnergy(EnergyCost energy, TokenAmount least) implements Pricing {
    @Override
    public Asked ask(Good good, @Nullable TokenAmount rival, @Nullable Asked before, Instant now) {
      var cost = energy.ofTaskRoundedUp(good.runTime(), good.copies());
      var asked = cost.compareTo(least) < 0
          ? new Asked(least, Why.AT_FLOOR, now)
          : new Asked(cost, Why.ENERGY_COST, now);
      return since(asked, before);
    }

    @Override
    public boolean isMoving() {
      return true;
    }
  }

  /**
   * Follows the cheapest other offer, within bounds, and slowly: pools that follow each other and
   * undercut nobody stay where they are, and those that undercut come down by a step for each
   * period at most, until the dearer one's floor.
   *
   * @param highest never more than this, unless power costs more
   * @param least never less than this
   * @param energy never less than what power costs; null when that is not known
   * @param undercutPercent how much below the cheapest other; 0 asks the same
   * @param stepPercent a change is no larger part of the last price than this
   * @param changeEvery shortest time from one change to the next
   */
  record FollowBook(
      TokenAmount highest,
      TokenAmount least,
      @Nullable EnergyCost energy,
      int undercutPercent,
      int stepPercent,
      Duration changeEvery)
      implements Pricing {
    private static final int ALL_PERCENT = 100;

    public FollowBook {
      if (undercutPercent < 0
          || undercutPercent >= ALL_PERCENT
          || stepPercent < 1
          || stepPercent > ALL_PERCENT
          || changeEvery.isNegative()
          || least.compareTo(highest) > 0) {
        throw new IllegalArgumentException(
            "expected to undercut by 0 to 99 percent, steps of 1 to 100 percent and a least price"
                + " up to the highest, found %d, %d, %s and %s"
                    .formatted(undercutPercent, stepPercent, least, highest));
      }
    }

    @Override
    public Asked ask(Good good, @Nullable TokenAmount rival, @Nullable Asked before, Instant now) {
      var floor = max(
          least,
          energy == null
              ? TokenAmount.ZERO
              : energy.ofTaskRoundedUp(good.runTime(), good.copies()));
      var ceiling = max(highest, floor);
      var wanted = wanted(rival, floor, ceiling, now);
      if (before == null) {
        return wanted;
      }
      // A price outside the bounds, as after other settings or costs, is left at once.
      var from = min(max(before.price(), floor), ceiling);
      boolean isOutside = !from.equals(before.price());
      if (isOutside || !isDue(before, now)) {
        return since(from.equals(wanted.price()) ? wanted : stepping(from, now), before);
      }
      var next = towards(from, wanted.price());
      return since(next.equals(wanted.price()) ? wanted : stepping(next, now), before);
    }

    private Asked wanted(
        @Nullable TokenAmount rival, TokenAmount floor, TokenAmount ceiling, Instant now) {
      if (rival == null) {
        return new Asked(ceiling, Why.NO_RIVAL, now);
      }
      var price = rival.percentRoundedDown(ALL_PERCENT - undercutPercent);
      if (price.compareTo(floor) < 0) {
        return new Asked(floor, Why.AT_FLOOR, now);
      }
      return price.compareTo(ceiling) > 0
          ? new Asked(ceiling, Why.AT_CEILING, now)
          : new Asked(price, Why.FOLLOWS_BOOK, now);
    }

    private boolean isDue(Asked before, Instant now) {
      return !now.isBefore(before.since().plus(changeEvery));
    }

    private TokenAmount towards(TokenAmount from, TokenAmount to) {
      var step = new TokenAmount(from.percentRoundedDown(stepPercent).nano().max(BigInteger.ONE));
      if (from.compareTo(to) < 0) {
        return min(to, from.plus(step));
      }
      return from.compareTo(step) < 0 ? to : max(to, from.minus(step));
    }

    @Override
    public boolean isMoving() {
      return true;
    }
  }

  private static Asked stepping(TokenAmount price, Instant now) {
    return new Asked(price, Why.STEPPING, now);
  }

  /** The same price is asked since it was first. */
  private static Asked since(Asked asked, @Nullable Asked before) {
    return before != null && before.price().equals(asked.price())
        ? new Asked(asked.price(), asked.why(), before.since())
        : asked;
  }

  private static TokenAmount min(TokenAmount a, TokenAmount b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static TokenAmount max(TokenAmount a, TokenAmount b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
