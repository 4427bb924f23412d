package io.ruche.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Power;
import io.ruche.core.Power.Source;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What a machine says of its power counts last. */
class RankPropertyTest {
  /** What a machine has shown. */
  private static Rank shown(double failures, int resources, double speed, Power power) {
    return Rank.of(failures, resources, speed, power);
  }

  @Property
  void noWordAboutPowerOutweighsWhatMachinesHaveShown(
      @ForAll @DoubleRange(min = 0, max = 9) double failures,
      @ForAll @DoubleRange(min = 0, max = 9) double othersFailures,
      @ForAll @IntRange(max = 2) int resources,
      @ForAll @IntRange(max = 2) int othersResources,
      @ForAll @DoubleRange(min = 0, max = 1e11) double speed,
      @ForAll @DoubleRange(min = 0, max = 1e11) double othersSpeed,
      @ForAll Source source,
      @ForAll Source othersSource,
      @ForAll @IntRange(max = 1_000) int watts) {
    int plain = shown(failures, resources, speed, Power.UNKNOWN)
        .compareTo(shown(othersFailures, othersResources, othersSpeed, Power.UNKNOWN));
    Assume.that(Math.abs(plain) > 0);
    var one = shown(failures, resources, speed, new Power(source, watts));
    var other = shown(othersFailures, othersResources, othersSpeed, new Power(othersSource, 0));

    boolean hasShownAsMuch = one.failureBand() == other.failureBand()
        && one.resourcesThere() == other.resourcesThere()
        && one.speedBand() == other.speedBand();

    if (!hasShownAsMuch) {
      assertThat(Integer.signum(one.compareTo(other))).isEqualTo(Integer.signum(plain));
    }
  }

  @Property
  void betterPowerGoesFirstWhateverItsWatts(
      @ForAll @DoubleRange(min = 0, max = 1e11) double speed,
      @ForAll @IntRange(max = 1_000) int watts,
      @ForAll @IntRange(max = 1_000) int othersWatts) {
    var surplus = shown(0, 0, speed, new Power(Source.SURPLUS, watts));
    var mains = shown(0, 0, speed, new Power(Source.MAINS, othersWatts));
    var battery = shown(0, 0, speed, new Power(Source.BATTERY, watts));

    assertThat(surplus).isLessThan(mains);
    assertThat(mains).isLessThan(battery);
  }
}
