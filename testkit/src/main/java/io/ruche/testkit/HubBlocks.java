package io.ruche.testkit;

import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Blocks, their times and logs, of the hub in memory; the newest can be taken back. */
final class HubBlocks {
  private final Undo undo;
  private final List<HubLog> logs = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private Instant now;

  private record Block(int undoMark, int logMark, Instant time) {}

  HubBlocks(Instant genesis, Undo undo) {
    this.now = genesis;
    this.undo = undo;
    blocks.push(new Block(0, 0, genesis));
  }

  void mine(Instant time) {
    now = time;
    blocks.push(new Block(undo.mark(), logs.size(), time));
  }

  int number() {
    return blocks.size();
  }

  Instant now() {
    return now;
  }

  List<HubLog> logs() {
    return List.copyOf(logs);
  }

  int logCount() {
    return logs.size();
  }

  List<HubLog> logsFrom(int position) {
    return List.copyOf(logs.subList(Math.min(position, logs.size()), logs.size()));
  }

  List<HubLog> rollBack(int count) {
    var time = now;
    var block = blocks.getFirst();
    for (int i = 0; i < count && blocks.size() > 1; i++) {
      blocks.pop();
      block = blocks.getFirst();
    }
    var gone = logsFrom(block.logMark());
    undo.backTo(block.undoMark());
    now = time;
    return gone;
  }

  void log(HubLog log) {
    logs.add(log);
    int position = logs.size() - 1;
    undo.step(() -> logs.subList(position, logs.size()).clear());
  }

  void requireBefore(TaskId id, Instant deadline) {
    if (!now.isBefore(deadline)) {
      throw new HubRevert("TooLate", "%s until %s, now %s".formatted(id, deadline, now));
    }
  }

  void requireFrom(TaskId id, Instant time) {
    if (now.isBefore(time)) {
      throw new HubRevert("TooEarly", "%s from %s, now %s".formatted(id, time, now));
    }
  }
}
