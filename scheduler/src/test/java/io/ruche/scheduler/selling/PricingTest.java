package io.ruche.scheduler.selling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.TokenAmount;
import io.ruche.scheduler.selling.Asked.Why;
import io.ruche.scheduler.selling.Pricing.FollowBook;
import io.ruche.scheduler.selling.Pricing.Good;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricingTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Good HOUR = new Good(Duration.ofHours(1), 1);
  private static final EnergyCost ENERGY = new EnergyCost(TokenAmount.parse("0.3"), 200, 20);

  private static TokenAmount tokens(String text) {
    return TokenAmount.parse(text);
  }

  private static Asked asked(String price) {
    return new Asked(tokens(price), Why.FOLLOWS_BOOK, NOW.minus(PERIOD));
  }

  private static FollowBook between(String least, String highest, int undercut) {
    return new FollowBook(tokens(highest), tokens(least), null, undercut, 5, PERIOD);
  }

  private static Asked ask(Pricing pricing, @Nullable String rival, @Nullable Asked before) {
    return pricing.ask(HOUR, rival == null ? null : tokens(rival), before, NOW);
  }

  @Test
  void aFixedPriceIsAskedSinceItWasFirst() {
    var pricing = new Pricing.Fixed(tokens("2"));

    assertThat(ask(pricing, "1", null)).isEqualTo(new Asked(tokens("2"), Why.FIXED, NOW));
    assertThat(ask(pricing, "1", asked("2")).since()).isEqualTo(NOW.minus(PERIOD));
  }

  @Test
  void energyIsPaidForEveryCopyWithTheMarginAndRoundedUp() {
    assertThat(ENERGY.ofTaskRoundedUp(Duration.ofHours(1), 1)).isEqualTo(tokens("0.072"));
    assertThat(ENERGY.ofTaskRoundedUp(Duration.ofHours(1), 3)).isEqualTo(tokens("0.216"));
    assertThat(new EnergyCost(TokenAmount.ofNano(1), 1, 0).ofTaskRoundedUp(Duration.ofMillis(1), 1))
        .isEqualTo(TokenAmount.ofNano(1));
  }

  @Test
  void thePriceFromEnergyIsNeverBelowTheLeast() {
    assertThat(ask(new Pricing.FromEnergy(ENERGY, TokenAmount.ZERO), null, null))
        .isEqualTo(new Asked(tokens("0.072"), Why.ENERGY_COST, NOW));
    assertThat(ask(new Pricing.FromEnergy(ENERGY, tokens("1")), null, null))
        .isEqualTo(new Asked(tokens("1"), Why.AT_FLOOR, NOW));
  }

  @Test
  void aFollowerAsksWhatTheCheapestAsksOrALittleLess() {
    assertThat(ask(between("1", "4", 0), "3", null))
        .isEqualTo(new Asked(tokens("3"), Why.FOLLOWS_BOOK, NOW));
    assertThat(ask(between("1", "4", 10), "3", null).price()).isEqualTo(tokens("2.7"));
    assertThat(ask(between("1", "4", 0), "5", null))
        .isEqualTo(new Asked(tokens("4"), Why.AT_CEILING, NOW));
    assertThat(ask(between("1", "4", 0), "0.5", null))
        .isEqualTo(new Asked(tokens("1"), Why.AT_FLOOR, NOW));
    assertThat(ask(between("1", "4", 0), null, null))
        .isEqualTo(new Asked(tokens("4"), Why.NO_RIVAL, NOW));
  }

  @Test
  void itGoesThereStepByStepAndNoSoonerThanAllowed() {
    var pricing = between("1", "4", 0);

    assertThat(ask(pricing, "1", asked("4")))
        .isEqualTo(new Asked(tokens("3.8"), Why.STEPPING, NOW));
    assertThat(ask(pricing, "4", asked("2")).price()).isEqualTo(tokens("2.1"));
    var justNow = new Asked(tokens("4"), Why.NO_RIVAL, NOW.minus(PERIOD).plusMillis(1));
    assertThat(ask(pricing, "1", justNow).price()).isEqualTo(tokens("4"));
  }

  @Test
  void whatPowerCostsIsAskedAtOnceEvenAboveTheHighestPrice() {
    var pricing = new FollowBook(tokens("0.05"), tokens("0.01"), ENERGY, 0, 5, PERIOD);
    var justNow = new Asked(tokens("0.05"), Why.NO_RIVAL, NOW);

    assertThat(ask(pricing, "0.02", justNow).price()).isEqualTo(tokens("0.072"));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> between("4", "1", 0)).hasMessageContaining("4 and 1");
    assertThatThrownBy(() -> between("1", "4", 100)).hasMessageContaining("100");
    assertThatThrownBy(() -> new EnergyCost(tokens("1"), 0, 0)).hasMessageContaining("0");
  }

  @Property(tries = 500)
  void pricesStayWithinTheirBoundsAndMoveSlowly(
      @ForAll long seed,
      @ForAll @IntRange(max = 99) int undercut,
      @ForAll @IntRange(min = 1, max = 100) int step) {
    var random = new Random(seed);
    var least = TokenAmount.ofNano(random.nextLong(1, 1_000_000));
    var highest = least.plus(TokenAmount.ofNano(random.nextLong(0, 1_000_000)));
    var pricing = new FollowBook(highest, least, null, undercut, step, PERIOD);
    var now = NOW;
    Asked before = null;
    for (int i = 0; i < 100; i++) {
      var rival = random.nextInt(4) == 0 ? null : TokenAmount.ofNano(random.nextLong(2_000_000));
      var next = pricing.ask(HOUR, rival, before, now);

      assertThat(next.price()).isBetween(least, highest);
      if (before != null && !next.price().equals(before.price())) {
        assertThat(Duration.between(before.since(), now)).isGreaterThanOrEqualTo(PERIOD);
        long change = next.price().nano().subtract(before.price().nano()).abs().longValueExact();
        long most = Math.max(1, before.price().percentRoundedDown(step).nano().longValueExact());
        assertThat(change).isLessThanOrEqualTo(most);
      }
      before = next;
      now = now.plusSeconds(random.nextInt(1_000));
    }
  }

  /** What a market of two followers comes to. */
  @Property(tries = 500)
  void poolsThatFollowEachOtherDoNotRaceToTheFloor(
      @ForAll long seed, @ForAll @IntRange(max = 3) int undercut) {
    var random = new Random(seed);
    var one = follower(random, undercut);
    var two = follower(random, undercut);
    var first = one.ask(HOUR, TokenAmount.ofNano(random.nextLong(2_000_000)), null, NOW);
    var second = two.ask(HOUR, first.price(), null, NOW);
    var lowestAtFirst = Math.min(nano(first), nano(second));
    var now = NOW;
    int periods = 50;
    for (int i = 0; i < periods * 10; i++) {
      now = now.plus(PERIOD.dividedBy(10));
      first = one.ask(HOUR, second.price(), first, now);
      second = two.ask(HOUR, first.price(), second, now);
    }

    double slowest = lowestAtFirst * Math.pow(0.95, periods) - periods;
    assertThat(Math.min(nano(first), nano(second)))
        .isGreaterThanOrEqualTo(undercut == 0 ? lowestAtFirst : (long) slowest);
  }

  private static FollowBook follower(Random random, int undercut) {
    var least = TokenAmount.ofNano(random.nextLong(1, 1_000));
    var highest = TokenAmount.ofNano(random.nextLong(100_000, 1_000_000));
    return new FollowBook(highest, least, null, undercut, 5, PERIOD);
  }

  private static long nano(Asked asked) {
    return asked.price().nano().longValueExact();
  }
}
