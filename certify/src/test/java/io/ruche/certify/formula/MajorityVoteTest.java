package io.ruche.certify.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows 1 to 4 of the reference table: closed form to the digits given, and by simulation. */
class MajorityVoteTest {
  /** Tasks in each simulation below. */
  private static final int TASKS = 1_000_000;

  @Test
  void row1SmallestMajorityAgainstColludersOnThirtyFivePercent() {
    assertThat(MajorityVote.matchesFor(0.05, 0.35, 100)).isEqualTo(15);
    assertThat(MajorityVote.matchesFor(0.01, 0.35, 100)).isEqualTo(29);
    assertThat(MajorityVote.matchesFor(0.001, 0.35, 100)).isEqualTo(51);
    assertThat(MajorityVote.matchesFor(0.001, 0.35, 50)).isEqualTo(51);
    assertThat(MajorityVote.error(15, 0.35)).isCloseTo(0.0476, within(0.00005));
    assertThat(MajorityVote.error(29, 0.35)).isCloseTo(0.0099, within(0.00005));
    assertThat(MajorityVote.error(50, 0.35)).isCloseTo(0.0011, within(0.00005));
    assertThat(MajorityVote.error(51, 0.35)).isCloseTo(0.0010, within(0.00005));
  }

  @ParameterizedTest
  @CsvSource({"15", "29", "51"})
  void row1Simulated(int matches) {
    simulate(matches, Answers.of(0.35, 1), 200_000)
        .error()
        .agreesWith(MajorityVote.error(matches, 0.35));
  }

  /**
   * The published pair: where only one wrong result in ten is the colluders', two equal results do
   * what a majority of seven does, in 300 units of time against 700 for 100 tasks.
   */
  @Test
  void row2TwoEqualResultsAgainstAMajorityOfSeven() {
    var answers = Answers.of(0.35, 0.1);

    assertThat(MajorityVote.error(2, answers)).isLessThan(0.01);
    assertThat(MajorityVote.copies(2, answers)).isCloseTo(3.06, within(0.005));
    assertThat(MajorityVote.pluralityError(5, answers)).isCloseTo(0.047, within(0.0005));
    assertThat(MajorityVote.pluralityError(7, answers)).isCloseTo(0.010, within(0.0005));
  }

  @Test
  void row2Simulated() {
    var answers = Answers.of(0.35, 0.1);
    var seen = simulate(2, answers, TASKS);

    seen.error().agreesWith(MajorityVote.error(2, answers));
    seen.copies().agreesWith(MajorityVote.copies(2, answers));
    simulatePlurality(7, answers).agreesWith(MajorityVote.pluralityError(7, answers));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0.01, 0.000298, 0.0000005, 2.02",
    "2, 0.05, 0.00725, 0.000005, 2.10",
    "2, 0.1, 0.0280, 0.00005, 2.18",
    "2, 0.2, 0.104, 0.0005, 2.32",
    "3, 0.05, 0.00116, 0.000005, 3.16",
    "3, 0.1, 0.00856, 0.000005, 3.32",
    "3, 0.2, 0.0579, 0.00005, 3.63"
  })
  void rows3And4FirstToM(int matches, double wrong, double error, double digits, double copies) {
    assertThat(MajorityVote.error(matches, wrong)).isCloseTo(error, within(digits));
    assertThat(MajorityVote.copies(matches, wrong)).isCloseTo(copies, within(0.00501));

    var seen = simulate(matches, Answers.of(wrong, 1), TASKS);
    seen.error().agreesWith(MajorityVote.error(matches, wrong));
    seen.copies().agreesWith(MajorityVote.copies(matches, wrong));
  }

  @Test
  void chancesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> MajorityVote.error(2, 1.1))
        .hasMessage("expected wrong from 0 to 1, found 1.1");
    assertThatThrownBy(() -> MajorityVote.error(1, Answers.of(0.1, 0.5)))
        .hasMessage("expected matches of at least 2, found 1");
    assertThatThrownBy(() -> new Answers(0.5, 0.5, 0.5)).hasMessageContaining("sum to 1");
  }

  private record Seen(Estimate error, Estimate copies) {}

  private static Seen simulate(int matches, Answers answers, int tasks) {
    var random = new SplittableRandom(20_260_301);
    long errors = 0;
    double sum = 0;
    double squares = 0;
    for (int task = 0; task < tasks; task++) {
      int right = 0;
      int colluding = 0;
      int copies = 0;
      while (right < matches && colluding < matches) {
        double answer = random.nextDouble();
        copies++;
        if (answer < answers.right()) {
          right++;
        } else if (answer < answers.right() + answers.colluding()) {
          colluding++;
        }
      }
      errors += colluding == matches ? 1 : 0;
      sum += copies;
      squares += (double) copies * copies;
    }
    return new Seen(Estimate.share(errors, tasks), Estimate.mean(sum, squares, tasks));
  }

  private static Estimate simulatePlurality(int runs, Answers answers) {
    var random = new SplittableRandom(20_260_302);
    long errors = 0;
    for (int task = 0; task < TASKS; task++) {
      int[] counts = new int[2 + runs];
      for (int run = 0; run < runs; run++) {
        double answer = random.nextDouble();
        boolean isAlone = answer >= answers.right() + answers.colluding();
        counts[answer < answers.right() ? 0 : isAlone ? 2 + run : 1]++;
      }
      errors += isWrong(counts, random) ? 1 : 0;
    }
    return Estimate.share(errors, TASKS);
  }

  private static boolean isWrong(int[] counts, SplittableRandom random) {
    int top = 0;
    int ties = 0;
    for (int count : counts) {
      if (count > top) {
        top = count;
        ties = 0;
      }
      ties += count == top ? 1 : 0;
    }
    return counts[0] < top || random.nextInt(ties) != 0;
  }
}
