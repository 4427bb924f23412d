package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Consensus;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A worker as the hub sees it: one score, one stake, and the machines that work for it. */
final class Contributor {
  private final Address worker;
  private final Map<Address, WorkerSession> machines = new LinkedHashMap<>();
  private long score;
  private BigInteger freeStake = BigInteger.ZERO;

  Contributor(Address worker) {
    this.worker = worker;
  }

  Address worker() {
    return worker;
  }

  Collection<WorkerSession> machines() {
    return machines.values();
  }

  void add(WorkerSession machine) {
    machines.put(machine.machine(), machine);
  }

  void remove(WorkerSession machine) {
    machines.remove(machine.machine());
  }

  long score() {
    return score;
  }

  /** A new worker's until its score is known. */
  long weight() {
    return Consensus.weightOf(score);
  }

  boolean canStake(TokenAmount stake) {
    return freeStake.compareTo(stake.nano()) >= 0;
  }

  TokenAmount freeStake() {
    return new TokenAmount(freeStake.max(BigInteger.ZERO));
  }

  void reserve(TokenAmount stake) {
    freeStake = freeStake.subtract(stake.nano());
  }

  void release(TokenAmount stake) {
    freeStake = freeStake.add(stake.nano());
  }

  /**
   * What the hub holds now.
   *
   * @param reserved stake of attempts that have not contributed yet
   */
  void fundsAre(Funds funds, BigInteger reserved) {
    score = funds.score();
    freeStake = funds.freeStake().nano().subtract(reserved);
  }

  void judged(boolean isAccurate) {
    score = isAccurate ? score + 1 : score * 2 / 3;
  }
}
