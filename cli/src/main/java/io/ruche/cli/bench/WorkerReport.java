package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import java.util.ArrayList;
import java.util.List;

/** What the starts of a worker came to; each sample has one value per start. */
record WorkerReport(
    String build, Sample readySeconds, Sample residentMiB, Sample runnersMiB, Sample processes) {

  /** One start: seconds until the pool knew it, MiB of worker and of all its children. */
  record Start(double readySeconds, double residentMiB, double runnersMiB, int processes) {}

  static WorkerReport of(String build, List<Start> starts) {
    var ready = new ArrayList<Double>();
    var resident = new ArrayList<Double>();
    var runners = new ArrayList<Double>();
    var processes = new ArrayList<Double>();
    for (var start : starts) {
      ready.add(start.readySeconds());
      resident.add(start.residentMiB());
      runners.add(start.runnersMiB());
      processes.add((double) start.processes());
    }
    return new WorkerReport(
        build, new Sample(ready), new Sample(resident), new Sample(runners), new Sample(processes));
  }

  Answer answer() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("build", build)
        .put("starts", readySeconds.sorted().size());
    readySeconds.putIn(json, "readySeconds");
    residentMiB.putIn(json, "residentMiB");
    runnersMiB.putIn(json, "runnersMiB");
    var fields = Fields.of(
        Fields.field("worker", build),
        Fields.field("starts", readySeconds.sorted().size()),
        Fields.field("start to ready (s)", readySeconds.text(2)),
        Fields.field("idle worker (MiB)", residentMiB.text(1)),
        Fields.field("its %.0f children (MiB)".formatted(processes.median()), runnersMiB.text(1)));
    return new Answer(json, List.of(fields), List.of());
  }
}
