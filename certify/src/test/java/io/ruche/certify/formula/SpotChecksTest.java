package io.ruche.certify.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows 5 and 6 of the reference table: closed form to the digits given, and by simulation. */
class SpotChecksTest {
  private static final double LIARS = 0.2;
  private static final double RATE = 0.1;

  @ParameterizedTest
  @CsvSource({
    "0.1, 50, 0.0131, 0.00005, 50_000",
    "0.1, 100, 0.00838, 0.000005, 50_000",
    "0.1, 200, 0.00324, 0.000005, 50_000",
    "1, 50, 0.00129, 0.000005, 500_000",
    "1, 100, 0.0000066, 0.00000005, 20_000_000"
  })
  void rows5And6(double lieRate, int results, double error, double digits, String workers) {
    double closed = SpotChecks.error(LIARS, lieRate, RATE, results);

    assertThat(closed).isCloseTo(error, within(digits));
    simulate(lieRate, results, Integer.parseInt(workers.replace("_", ""))).agreesWith(closed);
  }

  @ParameterizedTest
  @CsvSource({"50, 0.0184, 0.00005", "100, 0.00920, 0.000005", "200, 0.00460, 0.000005"})
  void row5Bounds(int results, double bound, double digits) {
    assertThat(SpotChecks.errorBound(LIARS, RATE, results)).isCloseTo(bound, within(digits));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.099", "5, 1"})
  void row6WorstLieRate(int results, double worst) {
    assertThat(SpotChecks.worstLieRate(RATE, results)).isCloseTo(worst, within(0.0005));
  }

  @Property
  void noLieRateDoesMoreHarmThanTheBound(
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double liars,
      @ForAll @DoubleRange(min = 0, max = 1) double lieRate,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double rate,
      @ForAll @IntRange(min = 1, max = 500) int results) {
    assertThat(SpotChecks.error(liars, lieRate, rate, results))
        .isLessThanOrEqualTo(SpotChecks.errorBound(liars, rate, results));
  }

  /**
   * Every liar plays its results one by one and is gone at the first failed check; the honest ones
   * keep all theirs. The share of wrong results is a ratio, so its standard error counts each
   * worker, not each result, as one sample.
   */
  private static Estimate simulate(double lieRate, int results, int workers) {
    var random = new SplittableRandom(20_260_303);
    int liars = (int) Math.round(LIARS * workers);
    long kept = (long) (workers - liars) * results;
    long wrong = 0;
    double squares = 0;
    for (int liar = 0; liar < liars; liar++) {
      int lies = liesKept(random, lieRate, results);
      if (lies >= 0) {
        kept += results;
        wrong += lies;
        squares += (double) lies * lies;
      }
    }
    double mean = (double) wrong / kept;
    return new Estimate(mean, Math.sqrt(squares) / kept, workers);
  }

  /** Wrong results of a liar that passed every check, -1 of one that was caught. */
  private static int liesKept(SplittableRandom random, double lieRate, int results) {
    int lies = 0;
    for (int result = 0; result < results; result++) {
      if (random.nextDouble() < RATE && random.nextDouble() < lieRate) {
        return -1;
      }
      lies += random.nextDouble() < lieRate ? 1 : 0;
    }
    return lies;
  }
}
