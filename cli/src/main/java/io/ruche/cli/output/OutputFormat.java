package io.ruche.cli.output;

/** The forms of an answer that {@code --output} chooses from. */
public enum OutputFormat {
  table,
  json,
  quiet
}
