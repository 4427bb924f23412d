package io.ruche.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Consensus;
import io.ruche.core.Digest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class CopiesPropertyTest {

  /** The hub, step by step: votes are indexes of groups, all by new workers. */
  private static boolean isReachedAfter(List<Integer> votes, long trust) {
    Map<Integer, BigInteger> groups = new LinkedHashMap<>();
    for (int vote : votes) {
      var group = groups.getOrDefault(vote, BigInteger.ZERO);
      groups.put(vote, group.max(BigInteger.ONE).multiply(BigInteger.TWO));
      var total = groups.values().stream().reduce(BigInteger.ONE, BigInteger::add);
      var left = groups.get(vote).multiply(BigInteger.valueOf(trust));
      if (left.compareTo(total.multiply(BigInteger.valueOf(trust - 1))) > 0) {
        return true;
      }
    }
    return false;
  }

  @Property(tries = 300)
  void theCopiesGivenOutAreTheFewestThatSettleTheTaskWhenTheyAgree(
      @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 2) Integer> votes,
      @ForAll @LongRange(min = 1, max = 40) long trust) {
    if (isReachedAfter(votes, trust)) {
      return;
    }
    int missing = Copies.missing(groups(votes), List.of(), trust);

    assertThat(isReachedAfter(withMore(votes, missing), trust)).isTrue();
    assertThat(missing).isPositive();
    assertThat(isReachedAfter(withMore(votes, missing - 1), trust)).isFalse();
  }

  @Property(tries = 200)
  void runsUnderWayCountAsIfTheyAgreed(
      @ForAll @Size(max = 5) List<@IntRange(min = 0, max = 2) Integer> votes,
      @ForAll @IntRange(min = 0, max = 8) int running,
      @ForAll @LongRange(min = 1, max = 40) long trust) {
    var weights = java.util.Collections.nCopies(running, Consensus.FRESH_WEIGHT);
    int alone = Copies.missing(groups(votes), List.of(), trust);

    assertThat(Copies.missing(groups(votes), weights, trust))
        .isEqualTo(Math.max(0, alone - running));
  }

  private static List<Integer> withMore(List<Integer> votes, int more) {
    int largest = 0;
    int best = -1;
    for (int group = 0; group <= 2; group++) {
      int size = java.util.Collections.frequency(votes, group);
      if (size > best) {
        best = size;
        largest = group;
      }
    }
    var all = new ArrayList<>(votes);
    for (int i = 0; i < more; i++) {
      all.add(largest);
    }
    return all;
  }

  private static Map<Digest, BigInteger> groups(List<Integer> votes) {
    Map<Digest, BigInteger> groups = new LinkedHashMap<>();
    for (int vote : votes) {
      var key = PoolFixture.digest("group " + vote);
      groups.put(
          key, Consensus.join(groups.getOrDefault(key, BigInteger.ZERO), Consensus.FRESH_WEIGHT));
    }
    return groups;
  }
}
