package io.ruche.sandbox;

/**
 * The first bytes (1 MiB each) of what the app wrote to its two streams. Not part of the result:
 * nothing in it is compared between workers.
 *
 * @param droppedBytes what came after the logs were full
 */
public record RunLogs(String stdout, String stderr, long droppedBytes) {
  public static final RunLogs EMPTY = new RunLogs("", "", 0);
}
