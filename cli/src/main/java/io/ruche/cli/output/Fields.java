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
      lines.add((field.name()
              + " ".repeat(widest - field.name().length() + GAP)
              + Table.oneLine(field.value().brief()))
          .stripTrailing());
    }
    return lines;
  }

  @Override
  public List<String> forPipe() {
    return fields.stream()
        .map(field -> field.name() + "\t" + Table.oneLine(field.value().full()))
        .toList();
  }
}
