package io.ruche.sdk;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line of a pool's answer about a log.
 *
 * @param raw as it came
 */
public record LogLine(String raw, Content content) {

  /** What the line says. */
  public sealed interface Content {}

  /** A piece of what the app wrote. */
  public record Text(boolean isError, int next, String text) implements Content {}

  /** Which run it is and how far, in the worker's words. */
  public record Progress(int attempt, String phase, String detail) implements Content {}

  /** The run has ended. */
  public record End(String how, String note) implements Content {}

  /** The answer ends here and the run goes on. */
  public record Pause(int next) implements Content {}

  /** Of a later version; to be passed over. */
  public record Unknown() implements Content {}

  static LogLine of(String raw, JsonNode json) {
    return new LogLine(raw, contentOf(json));
  }

  private static Content contentOf(JsonNode json) {
    if (json.has("end")) {
      return new End(json.path("end").asText(), json.path("note").asText());
    }
    if (json.has("stream")) {
      return new Text(
          json.path("stream").asText().equals("stderr"),
          json.path("next").asInt(),
          json.path("text").asText());
    }
    if (json.has("phase")) {
      return new Progress(
          json.path("attempt").asInt(),
          json.path("phase").asText(),
          json.path("detail").asText());
    }
    return json.has("next") ? new Pause(json.path("next").asInt()) : new Unknown();
  }
}
