package io.ruche.cli.output;

import java.util.List;

/** A part of an answer that people read. */
public sealed interface Section permits Table, Fields {
  /** Lines of at most about {@code width} characters. */
  List<String> forTerminal(int width);

  /** Lines for other programs: complete, stable, one record a line. */
  List<String> forPipe();
}
