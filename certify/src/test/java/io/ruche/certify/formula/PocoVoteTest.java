package io.ruche.certify.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ruche.core.Consensus;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows 11 to 14 of the reference table: closed form, Markov chain, and by simulation. */
class PocoVoteTest {
  /** Far more votes than any task of these takes. */
  private static final int UNBOUNDED = 200;

  @ParameterizedTest
  @CsvSource({
    "3, 0.05, 0.00276, 0.000005, 2.21, 200_000",
    "3, 0.1, 0.0122, 0.00005, 2.44, 200_000",
    "3, 0.2, 0.0588, 0.00005, 2.94, 200_000",
    "3, 0.3, 0.155, 0.0005, 3.45, 200_000",
    "5, 0.05, 0.000146, 0.0000005, 3.33, 2_000_000",
    "5, 0.1, 0.00137, 0.000005, 3.74, 500_000",
    "5, 0.2, 0.0154, 0.00005, 4.85, 200_000",
    "5, 0.3, 0.0730, 0.00005, 6.41, 200_000",
    "10, 0.05, 0.0000077, 0.00000005, 4.44, 8_000_000",
    "10, 0.1, 0.000152, 0.0000005, 5.00, 2_000_000",
    "10, 0.2, 0.00389, 0.000005, 6.61, 500_000",
    "10, 0.3, 0.0326, 0.00005, 9.35, 200_000"
  })
  void rows11To13FreshWorkers(
      long trust, double liars, double error, double digits, double copies, String tasks) {
    assertThat(PocoVote.error(trust, liars)).isCloseTo(error, within(digits));
    assertThat(PocoVote.copies(trust, liars)).isCloseTo(copies, within(0.005));

    var chain = PocoVote.bounded(trust, liars, UNBOUNDED);
    assertThat(chain.wrong()).isCloseTo(PocoVote.error(trust, liars), within(1e-9));
    assertThat(chain.copies()).isCloseTo(PocoVote.copies(trust, liars), within(1e-6));

    var seen = simulate(trust, liars, UNBOUNDED, Integer.parseInt(tasks.replace("_", "")));
    seen.wrong().agreesWith(PocoVote.error(trust, liars));
    seen.copies().agreesWith(PocoVote.copies(trust, liars));
  }

  @Test
  void row14AtMostFifteenContributors() {
    var chain = PocoVote.bounded(5, 0.3, 15);

    assertThat(chain.wrong()).isCloseTo(0.070, within(0.0005));
    assertThat(chain.undecided()).isCloseTo(0.039, within(0.0005));
    assertThat(chain.copies()).isCloseTo(6.19, within(0.005));
    assertThat(chain.right() + chain.wrong() + chain.undecided()).isCloseTo(1, within(1e-12));

    var seen = simulate(5, 0.3, 15, 1_000_000);
    seen.wrong().agreesWith(chain.wrong());
    seen.undecided().agreesWith(chain.undecided());
    seen.copies().agreesWith(chain.copies());
  }

  /** A lead by two is not what the hub asks at trust 4 once results differ: by three at 1 to 1. */
  @Test
  void theClosedFormIsNotExactAtTrustFour() {
    var chain = PocoVote.bounded(4, 0.2, UNBOUNDED);

    assertThat(chain.wrong()).isLessThan(0.9 * PocoVote.error(4, 0.2));
    simulate(4, 0.2, UNBOUNDED, 1_000_000).wrong().agreesWith(chain.wrong());
  }

  @Test
  void aLiarWithARecordSettlesAloneWhatFreshWorkersMustAgreeOn() {
    long trusted = Consensus.weightOf(18);

    var chain = PocoVote.bounded(5, 0.3, trusted, trusted, UNBOUNDED);

    assertThat(chain.wrong()).isCloseTo(0.3, within(1e-12));
    assertThat(chain.copies()).isCloseTo(1, within(1e-12));
  }

  @Test
  void copiesAtEvenOddsAreTheSquareOfTheLead() {
    assertThat(PocoVote.copies(5, 0.5)).isEqualTo(9);
    assertThat(PocoVote.copies(5, 0.4999)).isCloseTo(9, within(0.001));
  }

  private record Seen(Estimate wrong, Estimate undecided, Estimate copies) {}

  /** Votes with the hub's own arithmetic, the weight of a group brought up to date at each vote. */
  private static Seen simulate(long trust, double liars, int most, int tasks) {
    var random = new SplittableRandom(20_260_307);
    var stands = new Stands(trust);
    long wrong = 0;
    long undecided = 0;
    double sum = 0;
    double squares = 0;
    for (int task = 0; task < tasks; task++) {
      int right = 0;
      int lies = 0;
      while (right + lies < most && !stands.isSettled(right, lies)) {
        if (random.nextDouble() < liars) {
          lies++;
        } else {
          right++;
        }
      }
      boolean isSettled = stands.isSettled(right, lies);
      undecided += isSettled ? 0 : 1;
      wrong += isSettled && lies > right ? 1 : 0;
      sum += right + lies;
      squares += (double) (right + lies) * (right + lies);
    }
    return new Seen(
        Estimate.share(wrong, tasks),
        Estimate.share(undecided, tasks),
        Estimate.mean(sum, squares, tasks));
  }

  /** Remembers what {@link Consensus} says of each stand, which is asked millions of times. */
  private static final class Stands {
    private final long trust;
    private final byte[] known = new byte[(UNBOUNDED + 1) * (UNBOUNDED + 1)];

    Stands(long trust) {
      this.trust = trust;
    }

    boolean isSettled(int right, int wrong) {
      int index = right * (UNBOUNDED + 1) + wrong;
      if (known[index] == 0) {
        known[index] = (byte) (ask(right, wrong) ? 2 : 1);
      }
      return known[index] == 2;
    }

    private boolean ask(int right, int wrong) {
      var rightGroup = group(right);
      var wrongGroup = group(wrong);
      var total = BigInteger.ONE.add(rightGroup).add(wrongGroup);
      var best = rightGroup.max(wrongGroup);
      return best.signum() > 0 && Consensus.isReached(best, total, trust);
    }

    private static BigInteger group(int members) {
      var group = BigInteger.ZERO;
      for (int member = 0; member < members; member++) {
        group = Consensus.join(group, Consensus.FRESH_WEIGHT);
      }
      return group;
    }
  }
}
