package io.ruche.certify.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows 7 to 10 of the reference table: closed form to the digits given, and by simulation. */
class CredibilityTest {
  private static final double LIARS = 0.2;

  @ParameterizedTest
  @CsvSource({"1, 0.0920, 0.00005", "10, 0.00920, 0.000005", "100, 0.000920, 0.0000005"})
  void row7WorkerWithChecksPassed(int checks, double doubt, double digits) {
    assertThat(1 - Credibility.ofWorker(LIARS, checks)).isCloseTo(doubt, within(digits));
  }

  /**
   * Credibility promises no more than what the most harmful liars leave: simulated are 2,000,000
   * workers that were checked k times, of whom those who passed give one result.
   */
  @ParameterizedTest
  @CsvSource({"1", "10", "100"})
  void row7Simulated(int checks) {
    double lieRate = SpotChecks.worstLieRate(1, checks);
    var seen = resultsAfterChecks(checks, lieRate, 2_000_000);

    seen.agreesWith(SpotChecks.error(LIARS, lieRate, 1, checks));
    assertThat(seen.mean()).isLessThanOrEqualTo(1 - Credibility.ofWorker(LIARS, checks));
  }

  @Test
  void row8GroupsOfResults() {
    double fresh = Credibility.ofWorker(LIARS, 0);
    double checked = Credibility.ofWorker(LIARS, 10);

    assertThat(1 - best(List.of(List.of(fresh, fresh)))).isCloseTo(0.0588, within(0.00005));
    assertThat(1 - best(List.of(List.of(checked, checked)))).isCloseTo(8.6e-5, within(5e-7));
    assertThat(1 - best(List.of(List.of(fresh, fresh), List.of(fresh))))
        .isCloseTo(0.238, within(0.0005));
  }

  @Test
  void row8Simulated() {
    double fresh = Credibility.ofWorker(LIARS, 0);
    double checked = Credibility.ofWorker(LIARS, 10);

    groupIsWrong(fresh, 2, 0, 1_000_000).agreesWith(0.0588235);
    groupIsWrong(checked, 2, 0, 10_000_000)
        .agreesWith(1 - best(List.of(List.of(checked, checked))));
    groupIsWrong(fresh, 2, 1, 1_000_000)
        .agreesWith(1 - best(List.of(List.of(fresh, fresh), List.of(fresh))));
  }

  @ParameterizedTest
  @CsvSource({
    "0.99, 0.2, 4",
    "0.999, 0.2, 5",
    "0.9999, 0.2, 7",
    "0.99, 0.35, 8",
    "0.999, 0.35, 12",
    "0.9999, 0.35, 15"
  })
  void row9AgreeingResults(double threshold, double liars, int results) {
    assertThat(Credibility.agreeingFor(threshold, liars, 50)).isEqualTo(results);

    double group = best(
        List.of(DoubleStream.generate(() -> 1 - liars).limit(results).boxed().toList()));
    assertThat(group).isGreaterThanOrEqualTo(threshold);
    leadIsWrong(liars, results).agreesWith(1 - group);
  }

  @ParameterizedTest
  @CsvSource({"0.99, 10", "0.999, 92", "0.9999, 920"})
  void row10ChecksForOneResult(double threshold, int checks) {
    assertThat(Credibility.checksFor(threshold, LIARS)).isEqualTo(checks);

    double lieRate = SpotChecks.worstLieRate(1, checks);
    var seen = resultsAfterChecks(checks, lieRate, 20_000_000);
    seen.agreesWith(SpotChecks.error(LIARS, lieRate, 1, checks));
    assertThat(seen.mean()).isLessThanOrEqualTo(1 - threshold);
  }

  @Property
  void credibilitiesOfGroupsLeaveRoomForNoneBeingRight(
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double one,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double other,
      @ForAll @IntRange(min = 1, max = 8) int members) {
    var groups = List.of(IntStream.range(0, members).mapToObj(i -> one).toList(), List.of(other));

    var credibilities = Credibility.ofGroups(groups);

    double none = Math.pow(1 - one, members) * (1 - other);
    double first = Math.pow(one, members) * (1 - other);
    double second = Math.pow(1 - one, members) * other;
    assertThat(credibilities.getFirst()).isCloseTo(first / (none + first + second), within(1e-9));
    assertThat(credibilities.getLast()).isCloseTo(second / (none + first + second), within(1e-9));
  }

  @Test
  void whoMayComeBackIsBelievedLess() {
    assertThat(Credibility.ofWorkerWithoutBan(LIARS, 10)).isCloseTo(0.98, within(1e-9));
    assertThat(Credibility.ofWorkerWithoutBan(LIARS, 1)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void certaintyIsRefused() {
    assertThatThrownBy(() -> Credibility.ofGroups(List.of(List.of(1.0))))
        .hasMessage("expected a credibility of at least 0 and below 1, found 1.0");
    assertThatThrownBy(() -> Credibility.checksFor(1, LIARS))
        .hasMessage("expected a threshold of at least 0 and below 1, found 1.0");
  }

  private static double best(List<List<Double>> groups) {
    return Credibility.ofGroups(groups).getFirst();
  }

  private static Estimate resultsAfterChecks(int checks, double lieRate, int workers) {
    var random = new SplittableRandom(20_260_304);
    int liars = (int) Math.round(LIARS * workers);
    long passed = (long) workers - liars;
    long wrong = 0;
    for (int liar = 0; liar < liars; liar++) {
      double honestRuns = Math.log(random.nextDouble()) / Math.log1p(-lieRate);
      if (honestRuns >= checks) {
        passed++;
        wrong += random.nextDouble() < lieRate ? 1 : 0;
      }
    }
    return Estimate.share(wrong, passed);
  }

  /** Draws who is right, and keeps the draws that fit the groups: at most one of them is right. */
  private static Estimate groupIsWrong(double credibility, int first, int second, int draws) {
    var random = new SplittableRandom(20_260_305);
    long kept = 0;
    long wrong = 0;
    for (int draw = 0; draw < draws; draw++) {
      int rightInFirst = right(random, credibility, first);
      int rightInSecond = right(random, credibility, second);
      boolean isWhole = (rightInFirst == 0 || rightInFirst == first)
          && (rightInSecond == 0 || rightInSecond == second);
      if (isWhole && (rightInFirst == 0 || rightInSecond == 0)) {
        kept++;
        wrong += rightInFirst == 0 ? 1 : 0;
      }
    }
    return Estimate.share(wrong, kept);
  }

  private static int right(SplittableRandom random, double credibility, int members) {
    int right = 0;
    for (int member = 0; member < members; member++) {
      right += random.nextDouble() < credibility ? 1 : 0;
    }
    return right;
  }

  /**
   * Results of fresh workers until one of two leads by n: the odds of the leader are those of n
   * that agree, and unlike draws of n that happen to agree, no draw is thrown away. 1,000,000
   * tasks.
   */
  private static Estimate leadIsWrong(double liars, int lead) {
    var random = new SplittableRandom(20_260_306);
    int tasks = 1_000_000;
    long wrong = 0;
    for (int task = 0; task < tasks; task++) {
      int stand = 0;
      while (Math.abs(stand) < lead) {
        stand += random.nextDouble() < liars ? -1 : 1;
      }
      wrong += stand < 0 ? 1 : 0;
    }
    return Estimate.share(wrong, tasks);
  }
}
