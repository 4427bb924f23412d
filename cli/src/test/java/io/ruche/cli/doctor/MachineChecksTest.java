package io.ruche.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineChecksTest {
  @Test
  void littleMemoryIsAdviceNotAProblem() {
    var table = "MemTotal:  4000000 kB\nMemAvailable:  %d kB\n";

    assertThat(MachineChecks.memory(table.formatted(500 << 10)))
        .returns(Finding.State.advice, Finding::state)
        .returns("500 MiB available", Finding::found);
    assertThat(MachineChecks.memory(table.formatted(1_024 << 10)).state())
        .isEqualTo(Finding.State.ok);
    assertThat(MachineChecks.memory("").state()).isEqualTo(Finding.State.ok);
  }

  @Test
  void missingAndFailingToolsAnswerNothing() {
    assertThat(Tool.ask("no-such-program-anywhere")).isEmpty();
    assertThat(Tool.ask("sh", "-c", "echo said; exit 3")).isEmpty();
    assertThat(Tool.ask("sh", "-c", "echo said; echo more")).contains("said");
  }
}
