package io.ruche.core;

import org.jspecify.annotations.Nullable;

/** Identifies a task: keccak256(deal id, index), as on chain. */
public record TaskId(String hex) implements Comparable<TaskId> {
  public TaskId {
    hex = Hex.require(hex, 32, "task id");
  }

  public static TaskId of(byte[] bytes) {
    return new TaskId(Hex.encode(bytes));
  }

  /** Id of the task with the given index (botFirst .. botFirst + botSize - 1) of a deal. */
  public static TaskId of(DealId deal, long index) {
    return of(Keccak.hash(deal.bytes(), Words.uint256(index)));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  /** Written out, as every map of an engine asks it: what a record makes takes twice as long. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskId that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(TaskId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
