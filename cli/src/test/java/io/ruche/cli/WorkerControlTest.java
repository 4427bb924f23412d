package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.agent.availability.OwnerFile;
import io.ruche.agent.availability.ProcessMark;
import io.ruche.agent.availability.StatusFile;
import io.ruche.agent.availability.Tally;
import io.ruche.core.FailureCode;
import io.ruche.worker.availability.Obstacle;
import io.ruche.worker.availability.Outlook;
import io.ruche.worker.availability.OwnerWord;
import io.ruche.worker.availability.Stance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerControlTest {
  @TempDir
  Path folder;

  @BeforeEach
  void twoWorkers() throws IOException {
    var obstacles = List.of(
        new Obstacle(
            Obstacle.USER_ACTIVE,
            "somebody used this machine 10 s ago, expected 600 s or more",
            "leave keyboard and mouse alone, or end the session",
            Cli.NOW.plusSeconds(590)),
        new Obstacle(Obstacle.NOT_ON_MAINS, "the machine runs on its battery", "plug it in", null));
    status("1", Stance.PAUSE, obstacles, ProcessMark.current());
    status("bob", Stance.WORK, List.of(), new ProcessMark(1, "an earlier start"));
  }

  private static final Tally TALLY = new Tally(
      Cli.NOW.minusSeconds(7_200),
      41,
      Map.of(FailureCode.TIMEOUT, 2L, FailureCode.FETCH, 1L),
      3_600_000);

  @Test
  void statusAndReasonsForPeopleAndPrograms() throws Exception {
    var transcript = new StringBuilder();
    for (var line : List.of(
        "worker status",
        "worker status --output json",
        "worker why-idle",
        "worker why-idle 1 --output json",
        "worker pause 1",
        "worker drain bob --output json",
        "worker pause 7")) {
      transcript.append("$ ruche ").append(line).append('\n');
      transcript
          .append(Cli.inPipe(home()).run(line.split(" ", -1)).transcript())
          .append('\n');
    }

    Golden.assertSame("worker-control", transcript.toString());
    assertThat(new OwnerFile(worker("1")).read()).isEqualTo(OwnerWord.PAUSE);
    assertThat(new OwnerFile(worker("bob")).read()).isEqualTo(OwnerWord.DRAIN);
  }

  @Test
  void resumeReachesEveryWorker() {
    new OwnerFile(worker("1")).write(OwnerWord.PAUSE);
    new OwnerFile(worker("bob")).write(OwnerWord.DRAIN);

    assertThat(Cli.inPipe(home()).run("worker", "resume").code()).isZero();

    assertThat(new OwnerFile(worker("1")).read()).isEqualTo(OwnerWord.WORK);
    assertThat(new OwnerFile(worker("bob")).read()).isEqualTo(OwnerWord.WORK);
  }

  @Test
  void aHomeWithoutWorkersIsToldSo() {
    var outcome = Cli.inPipe(folder.resolve("empty")).run("worker", "status");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("WORKER_UNKNOWN");
  }

  private void status(String name, Stance stance, List<Obstacle> obstacles, ProcessMark process)
      throws IOException {
    Files.createDirectories(worker(name));
    var outlook = new Outlook(stance, Cli.NOW.minusSeconds(90), obstacles);
    new StatusFile(worker(name)).write(new StatusFile.Status(outlook, 1, process, TALLY, 2, 60));
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Path worker(String name) {
    return home().resolve("workers").resolve(name);
  }
}
