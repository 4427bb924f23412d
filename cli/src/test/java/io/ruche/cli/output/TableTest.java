package io.ruche.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void terminalGetsColumnsAndRelativeTimes() {
    var table = new Table(
        List.of("NAME", "SINCE"),
        List.of(List.of(Cell.of("a"), Cell.time(NOW.minusSeconds(90), NOW))));

    assertThat(table.forTerminal(80)).containsExactly("NAME  SINCE", "a     1 min 30 s ago");
  }

  @Test
  void pipeGetsTabsAndIsoTimes() {
    var table = new Table(
        List.of("NAME", "SINCE"),
        List.of(List.of(Cell.of("a\tb"), Cell.time(NOW.minusSeconds(90), NOW))));

    assertThat(table.forPipe()).containsExactly("NAME\tSINCE", "a b\t2026-01-02T03:02:35Z");
  }

  @Test
  void widestColumnGivesWay() {
    var table = new Table(
        List.of("ID", "TEXT"), List.of(List.of(Cell.of("12345"), Cell.of("a long sentence"))));

    assertThat(table.forTerminal(16)).containsExactly("ID     TEXT", "12345  a long s…");
  }

  @Property
  void linesFitTheTerminalWheneverColumnsCanBeCut(
      @ForAll @Size(3) List<@StringLength(max = 60) String> cells,
      @ForAll @IntRange(min = 16, max = 120) int width) {
    var row = cells.stream().map(Cell::of).toList();
    var table = new Table(List.of("A", "B", "C"), List.of(row));

    assertThat(table.forTerminal(width))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    assertThat(table.forPipe()).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
  }
}
