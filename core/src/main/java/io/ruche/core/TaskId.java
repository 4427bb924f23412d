package io.ruche.core;

/** Identifies a task: keccak256(deal id, index), as on chain. */
public final class TaskId extends Bytes32 implements Comparable<TaskId> {
  private static final String WHAT = "task id";

  public TaskId(String hex) {
    super(hex, WHAT);
  }

  private TaskId(byte[] bytes) {
    super(bytes, WHAT);
  }

  public static TaskId of(byte[] bytes) {
    return new TaskId(bytes);
  }

  /** Id of the task with the given index (botFirst .. botFirst + botSize - 1) of a deal. */
  public static TaskId of(DealId deal, long index) {
    return of(Keccak.hash(deal.bytes(), Words.uint256(index)));
  }

  @Override
  public int compareTo(TaskId other) {
    return compare(other);
  }
}
