package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsensusTest {

  /** The table "copies needed when all agree" that was derived from the contract's formula. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,1",
    "2,1,1,1,1",
    "3,2,1,1,1",
    "4,2,2,1,1",
    "5,3,2,1,1",
    "10,4,3,2,2",
    "50,6,4,3,2",
    "100,7,5,3,3",
    "1000,10,7,5,4"
  })
  void copiesFollowTrustAndScore(long trust, int fresh, int score12, int score18, int score30) {
    assertThat(Consensus.copiesWhenAllAgree(trust)).isEqualTo(fresh);
    assertThat(copies(trust, 12)).isEqualTo(score12);
    assertThat(copies(trust, 18)).isEqualTo(score18);
    assertThat(copies(trust, 30)).isEqualTo(score30);
  }

  @ParameterizedTest
  @CsvSource({"3,0.05,2.76e-3", "3,0.2,5.88e-2", "5,0.1,1.37e-3", "10,0.3,3.26e-2"})
  void errorMatchesTheClosedForm(long trust, double liars, double error) {
    assertThat(Consensus.errorWithLiars(trust, liars)).isCloseTo(error, within(error * 0.01));
  }

  @Test
  void scoreBelowTwelveWeighsAsNew() {
    assertThat(Consensus.weightOf(0)).isEqualTo(2);
    assertThat(Consensus.weightOf(11)).isEqualTo(2);
    assertThat(Consensus.weightOf(12)).isEqualTo(3);
    assertThat(Consensus.weightOf(90)).isEqualTo(29);
  }

  private static int copies(long trust, long score) {
    return Consensus.copiesMissing(
        java.math.BigInteger.ZERO, java.math.BigInteger.ZERO, trust, Consensus.weightOf(score));
  }
}
