package io.ruche.core;

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

  @Override
  public int compareTo(TaskId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
