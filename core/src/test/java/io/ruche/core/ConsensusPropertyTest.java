package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The incremental arithmetic against the hub's definition worked out from all votes at once. */
class ConsensusPropertyTest {

  @Property
  void incrementalGroupsEqualTheProductOfWeights(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 200) Integer> scores,
      @ForAll @Size(min = 12, max = 12) List<@IntRange(min = 0, max = 2) Integer> answers,
      @ForAll @LongRange(min = 0, max = 1000) long trust) {
    var groups = new HashMap<Integer, BigInteger>();
    for (int vote = 0; vote < scores.size(); vote++) {
      long weight = Consensus.weightOf(scores.get(vote));
      groups.merge(
          answers.get(vote),
          Consensus.join(BigInteger.ZERO, weight),
          (group, first) -> Consensus.join(group, weight));
    }

    for (int answer = 0; answer <= 2; answer++) {
      var group = groups.getOrDefault(answer, BigInteger.ZERO);
      assertThat(group).isEqualTo(bruteForceGroup(scores, answers, answer));
      assertThat(Consensus.isReached(group, Consensus.total(groups), trust))
          .isEqualTo(bruteForceReached(scores, answers, answer, trust));
    }
  }

  @Property
  void copiesMissingIsTheSmallestNumberThatReachesConsensus(
      @ForAll @IntRange(min = 0, max = 5) int agreeing,
      @ForAll @IntRange(min = 0, max = 3) int disagreeing,
      @ForAll @LongRange(min = 1, max = 500) long trust) {
    var group = freshGroup(agreeing);
    var others = freshGroup(disagreeing);

    int missing = Consensus.copiesMissing(group, others, trust, Consensus.FRESH_WEIGHT);

    int brute = agreeing == 0 ? 1 : 0;
    while (!Consensus.isReached(
        freshGroup(agreeing + brute),
        freshGroup(agreeing + brute).add(others).add(BigInteger.ONE),
        trust)) {
      brute++;
    }
    assertThat(missing).isEqualTo(brute);
  }

  @Property
  void withoutOpponentsPlainNumbersTellTheSameAsLargeOnes(
      @ForAll @Size(max = 8) List<@LongRange(min = 1, max = 1L << 62) Long> weights,
      @ForAll boolean areSmall,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long anyTrust) {
    long trust = areSmall ? anyTrust % 100 : anyTrust;
    long plain = 0;
    var exact = BigInteger.ZERO;
    for (long any : weights) {
      long weight = areSmall ? 1 + any % 5 : any;
      plain = Consensus.joinUnopposed(plain, weight, trust);
      exact = Consensus.join(exact, weight);
    }

    assertThat(Consensus.copiesMissingUnopposed(plain, trust))
        .isEqualTo(Consensus.copiesMissing(exact, BigInteger.ZERO, trust, Consensus.FRESH_WEIGHT));
  }

  @Property
  void noTwoGroupsWinAtOnceFromTrustTwo(
      @ForAll @LongRange(min = 0, max = 1_000_000) long first,
      @ForAll @LongRange(min = 0, max = 1_000_000) long second,
      @ForAll @LongRange(min = 2, max = 100_000) long trust) {
    var total = BigInteger.valueOf(1 + first + second);

    boolean both = Consensus.isReached(BigInteger.valueOf(first), total, trust)
        && Consensus.isReached(BigInteger.valueOf(second), total, trust);

    assertThat(both).isFalse();
  }

  private static BigInteger freshGroup(int members) {
    return members == 0 ? BigInteger.ZERO : BigInteger.TWO.pow(members);
  }

  private static BigInteger bruteForceGroup(
      List<Integer> scores, List<Integer> answers, int answer) {
    var weights = new ArrayList<Long>();
    for (int vote = 0; vote < scores.size(); vote++) {
      if (answers.get(vote) == answer) {
        weights.add(Math.max(Math.floorDiv((long) scores.get(vote), 3L), 3L) - 1L);
      }
    }
    return weights.isEmpty()
        ? BigInteger.ZERO
        : weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private static boolean bruteForceReached(
      List<Integer> scores, List<Integer> answers, int answer, long trust) {
    var total = BigInteger.ONE;
    for (int group = 0; group <= 2; group++) {
      total = total.add(bruteForceGroup(scores, answers, group));
    }
    var left =
        bruteForceGroup(scores, answers, answer).multiply(BigInteger.valueOf(Math.max(trust, 1)));
    return left.compareTo(total.multiply(BigInteger.valueOf(Math.max(trust, 1) - 1))) > 0;
  }
}
