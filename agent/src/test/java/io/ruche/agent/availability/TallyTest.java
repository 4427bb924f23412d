package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Event;
import io.ruche.worker.availability.Outlook;
import io.ruche.worker.availability.Stance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AttemptId ID = new AttemptId(new TaskId("0x" + "2a".repeat(32)), 1);
  private static final RunUsage USAGE = new RunUsage(7L, 400);

  @TempDir
  Path home;

  @Test
  void whatWasDoneIsCountedOverARestart() {
    var file = new StatusFile(home);
    var count = new TallyCount(file, NOW);
    var failure = new Failure(FailureCode.TIMEOUT, 0);
    count.heard(new Event.RunFinished(ID, new Digest("0x" + "0d".repeat(32)), USAGE));
    count.heard(new Event.Done(ID, "won"));
    count.heard(new Event.Done(ID, "outvoted"));
    count.heard(new Event.WorkFailed(ID, failure, "too long", USAGE));
    var outlook = new Outlook(Stance.WORK, NOW, List.of());
    file.write(new StatusFile.Status(outlook, 1, ProcessMark.current(), count.tally(), 2, 60));

    var next = new TallyCount(file, NOW.plusSeconds(9));
    next.heard(new Event.WorkFailed(ID, failure, "again"));

    assertThat(next.tally()).isEqualTo(new Tally(NOW, 1, Map.of(FailureCode.TIMEOUT, 2L), 800));
    assertThat(next.tally().failed()).isEqualTo(2);
  }

  @Test
  void aStatusFromBeforeItWasCountedBeginsANewCount() throws Exception {
    Files.writeString(home.resolve("status.json"), """
        {"stance":"WORK","since":"2026-01-01T00:00:00Z","tasks":0,"pid":1,
         "startedAt":"2026-01-01T00:00:00Z","obstacles":[]}
        """);

    assertThat(new StatusFile(home).read()).isPresent();
    assertThat(new TallyCount(new StatusFile(home), NOW).tally()).isEqualTo(Tally.none(NOW));
  }
}
