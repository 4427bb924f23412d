package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import java.util.List;

/**
 * What a pool and a worker do without a chain's cost.
 *
 * @param tasks of the bag
 * @param sandbox in words
 * @param perSecond of the bag
 * @param used processor time of the whole bag
 * @param single milliseconds from match to end, one at a time
 */
record LinkReport(
    int tasks, int slots, String sandbox, double perSecond, ProcessorTime used, Sample single) {
  private static final String CHAIN = "in memory: every transaction is mined at once";

  Answer answer() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("tasks", tasks)
        .put("slots", slots)
        .put("chain", CHAIN)
        .put("sandbox", sandbox)
        .put("tasksPerSecond", perSecond)
        .put("ownProcessorMillisPerTask", ownMillis())
        .put("runnersProcessorMillisPerTask", runnersMillis())
        .put("singleP50Millis", single.at(50))
        .put("singleP95Millis", single.at(95));
    return new Answer(
        json,
        List.of(Fields.of(
            Fields.field("chain", CHAIN),
            Fields.field("sandbox", sandbox),
            Fields.field(
                "a bag", "%,d tasks, %.0f per second, %d slots".formatted(tasks, perSecond, slots)),
            Fields.field(
                "processor time each",
                "%.2f ms of server and worker, %.2f ms of runners"
                    .formatted(ownMillis(), runnersMillis())),
            Fields.field(
                "one at a time",
                "p50 %.2f ms, p95 %.2f ms, %,d tasks"
                    .formatted(single.at(50), single.at(95), single.sorted().size())))),
        List.of());
  }

  private double ownMillis() {
    return (double) used.own().toMillis() / tasks;
  }

  private double runnersMillis() {
    return (double) used.children().toMillis() / tasks;
  }
}
