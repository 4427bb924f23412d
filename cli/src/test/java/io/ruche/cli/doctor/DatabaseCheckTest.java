package io.ruche.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {
  @Test
  void aServerThatCouldWorkSaysWithWhat() {
    var told = new Tool.Told(true, List.of("a warning", "postgresql://db.example.org/ruche"));

    assertThat(DatabaseCheck.read(told))
        .isEqualTo(Finding.ok("database", "postgresql://db.example.org/ruche"));
  }

  @Test
  void oneThatCouldNotSaysWhyAndWhatToDo() {
    var told = new Tool.Told(
        false, List.of("STORE_UNSAFE: db runs with fsync off: expected on. Set `fsync = on`."));

    assertThat(DatabaseCheck.read(told))
        .isEqualTo(Finding.problem(
            "database", "STORE_UNSAFE: db runs with fsync off: expected on", "Set `fsync = on`."));
  }

  @Test
  void aProgramThatIsMissingSaysSo() {
    var finding = DatabaseCheck.read(Tool.tell(List.of("/nowhere/to/be/found")));

    assertThat(finding.state()).isEqualTo(Finding.State.problem);
    assertThat(finding.found()).contains("/nowhere/to/be/found");
  }
}
