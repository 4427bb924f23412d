package io.ruche.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Named values of one thing, one a line. */
public record Fields(List<Field> fields) implements Section {
  private static final int GAP = 2;

  /** A name and its value. */
  public record Field(String name, Cell value) {}

  public Fields {
    fields = List.copyOf(fields);
  }

  public static Fields of(Field... fields) {
    return new Fields(List.of(fields));
  }

  public static Field field(String name, Object value) {
    return new Field(name, value instanceof Cell cell ? cell : Cell.of(value));
  }

  @Override
  public List<String> forTerminal(int width) {
    int widest = fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
    var lines = new ArrayList<String>();
    for (var field : fields) {
      var start = field.name() + " ".repeat(widest - field.name().length() + GAP);
      for (var part : wrap(Table.oneLine(field.value().brief()), width - widest - GAP)) {
        lines.add((start + part).stripTrailing());
        start = " ".repeat(widest + GAP);
      }
    }
    return lines;
  }

  /** Breaks at spaces only, so that ids and addresses stay whole. */
  private static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    var rest = text;
    while (rest.length() > width) {
      int end = rest.lastIndexOf(' ', Math.max(width, 0));
      end = end > 0 ? end : rest.indexOf(' ');
      if (end <= 0) {
        break;
      }
      lines.add(rest.substring(0, end));
      rest = rest.substring(end + 1);
    }
    lines.add(rest);
    return lines;
  }

  @Override
  public List<String> forPipe() {
    return fields.stream()
        .map(field -> field.name() + "\t" + Table.oneLine(field.value().full()))
        .toList();
  }
}
