package io.ruche.core;

import java.time.Instant;
import java.util.List;

/**
 * A task as the hub's {@code viewTask} gives it.
 *
 * @param consensusValue hash that won; zeros before consensus
 * @param results bytes given at finalize, 0x-hex; empty before
 */
public record OnChainTask(
    TaskId id,
    DealId deal,
    long index,
    TaskStatus status,
    Instant contributionDeadline,
    Instant revealDeadline,
    Instant finalDeadline,
    Digest consensusValue,
    int revealCount,
    int winnerCount,
    List<Address> contributors,
    Digest resultDigest,
    String results) {

  public OnChainTask {
    contributors = List.copyOf(contributors);
  }
}
