package io.ruche.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.RucheException;

/** Prints answers, notes and errors in the chosen form. */
public final class Printer {
  private static final JsonMapper JSON = new JsonMapper();

  private final Screen screen;
  private final OutputFormat format;

  public Printer(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  public OutputFormat format() {
    return format;
  }

  public Screen screen() {
    return screen;
  }

  /** The answer, on standard output. */
  public void answer(Answer answer) {
    switch (format) {
      case json -> screen.out().println(text(answer.json()));
      case quiet -> answer.names().forEach(screen.out()::println);
      case table -> sections(answer);
    }
    screen.out().flush();
  }

  /** A sentence for people, on standard error; machines are spared. */
  public void note(String sentence) {
    if (format == OutputFormat.table) {
      screen.err().println(sentence);
    }
  }

  /** A failure: one line for people, one JSON object for machines, both on standard error. */
  public void error(RucheException failure) {
    screen.err().println(format == OutputFormat.json ? text(json(failure)) : failure.sentence());
    screen.err().flush();
  }

  private void sections(Answer answer) {
    boolean isFirst = true;
    for (var section : answer.sections()) {
      if (!isFirst) {
        screen.out().println();
      }
      isFirst = false;
      var lines = screen.isTerminal() ? section.forTerminal(screen.columns()) : section.forPipe();
      lines.forEach(screen.out()::println);
    }
  }

  private static JsonNode json(RucheException failure) {
    var error = JSON.createObjectNode();
    error
        .putObject("error")
        .put("code", failure.code())
        .put("message", failure.getMessage())
        .put("hint", failure.hint())
        .put("retryable", failure.isRetryable());
    return error;
  }

  private static String text(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }
}
