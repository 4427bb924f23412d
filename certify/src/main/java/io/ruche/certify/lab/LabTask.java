package io.ruche.certify.lab;

import io.ruche.certify.Ballot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One task: who returned what, and who is at it. */
final class LabTask {
  /** The answer of everybody who does not lie. */
  static final long RIGHT = 0;

  private final double arrivedAt;
  private final double draw;
  private final Map<Long, List<LabWorker>> answers = new LinkedHashMap<>();
  private final List<LabWorker> running = new ArrayList<>();
  private int wanted;
  private int copies;
  private boolean isQueued;
  private boolean isOver;

  LabTask(double arrivedAt, double draw) {
    this.arrivedAt = arrivedAt;
    this.draw = draw;
  }

  double arrivedAt() {
    return arrivedAt;
  }

  boolean isOver() {
    return isOver;
  }

  void end() {
    isOver = true;
    wanted = 0;
  }

  int copies() {
    return copies;
  }

  int wanted() {
    return wanted;
  }

  void want(int more) {
    wanted = more;
  }

  boolean isQueued() {
    return isQueued;
  }

  void queued(boolean isNowQueued) {
    isQueued = isNowQueued;
  }

  /** Nobody runs a task twice. */
  boolean knows(LabWorker worker) {
    return running.contains(worker)
        || answers.values().stream().anyMatch(members -> members.contains(worker));
  }

  void start(LabWorker worker) {
    running.add(worker);
    wanted--;
    copies++;
  }

  /** What it returns is not looked at. */
  void drop(LabWorker worker) {
    running.remove(worker);
  }

  void answer(LabWorker worker, long answer) {
    running.remove(worker);
    answers.computeIfAbsent(answer, key -> new ArrayList<>()).add(worker);
  }

  Ballot ballot(long trust) {
    var groups = answers.values().stream()
        .map(members -> members.stream().map(LabWorker::record).toList())
        .toList();
    return new Ballot(trust, groups, running.stream().map(LabWorker::record).toList(), draw);
  }

  /** The answers in the order of the ballot's groups. */
  List<Map.Entry<Long, List<LabWorker>>> answers() {
    return List.copyOf(answers.entrySet());
  }
}
