package io.ruche.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under named columns. */
public record Table(List<String> columns, List<List<Cell>> rows) implements Section {
  private static final int GAP = 2;
  private static final int NARROWEST = 4;

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (var row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "expected %d cells in a row, found %d".formatted(columns.size(), row.size()));
      }
    }
  }

  @Override
  public List<String> forTerminal(int width) {
    var widths = fit(naturalWidths(), width);
    var lines = new ArrayList<String>();
    lines.add(line(columns, widths));
    for (var row : rows) {
      lines.add(line(row.stream().map(Cell::brief).toList(), widths));
    }
    return lines;
  }

  @Override
  public List<String> forPipe() {
    var lines = new ArrayList<String>();
    lines.add(String.join("\t", columns));
    for (var row : rows) {
      lines.add(row.stream().map(Cell::full).map(Table::oneLine).collect(Collectors.joining("\t")));
    }
    return lines;
  }

  private List<Integer> naturalWidths() {
    var widths = new ArrayList<Integer>();
    for (int column = 0; column < columns.size(); column++) {
      int widest = columns.get(column).length();
      for (var row : rows) {
        widest = Math.max(widest, row.get(column).brief().length());
      }
      widths.add(widest);
    }
    return widths;
  }

  /** Takes from the widest column until the line fits, or every column is at its narrowest. */
  private static List<Integer> fit(List<Integer> widths, int available) {
    int excess =
        widths.stream().mapToInt(Integer::intValue).sum() + GAP * (widths.size() - 1) - available;
    while (excess > 0) {
      int widest = 0;
      for (int column = 1; column < widths.size(); column++) {
        if (widths.get(column) > widths.get(widest)) {
          widest = column;
        }
      }
      if (widths.get(widest) <= NARROWEST) {
        break;
      }
      widths.set(widest, widths.get(widest) - 1);
      excess--;
    }
    return widths;
  }

  private static String line(List<String> cells, List<Integer> widths) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      var text = cut(oneLine(cells.get(column)), widths.get(column));
      line.append(text).repeat(" ", widths.get(column) - text.length() + GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  static String oneLine(String text) {
    return text.chars()
        .map(letter -> Character.isISOControl(letter) ? ' ' : letter)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
