package io.ruche.server.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON in and out of requests: bounded in, one content type out. */
public final class Json {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_DIGITS = 80;
  private static final String TYPE = "application/json; charset=utf-8";
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(MAX_DEPTH)
              .maxNumberLength(MAX_DIGITS)
              .build())
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
      .build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The request's body, which must be one JSON object. */
  public static ObjectNode body(Context context) {
    try {
      if (MAPPER.readTree(context.bodyAsBytes()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw HttpProblem.badRequest(
          "BAD_JSON", "the body is no JSON: %s.".formatted(e.getOriginalMessage()), "");
    } catch (IOException e) {
      throw HttpProblem.badRequest("BAD_BODY", "the body cannot be read.", "Send it again.");
    }
    throw HttpProblem.badRequest("BAD_JSON", "expected a JSON object in the body.", "");
  }

  /** A text that this program wrote itself. */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("stored text is no JSON: " + text, e);
    }
  }

  public static void answer(Context context, int status, JsonNode body) {
    context.status(status).contentType(TYPE).result(body.toString());
  }

  public static void answer(Context context, JsonNode body) {
    answer(context, 200, body);
  }

  public static void answer(Context context, HttpProblem problem) {
    var body = object();
    body.put("ok", false);
    body.put("error", problem.getMessage());
    body.put("code", problem.code());
    if (!problem.hint().isEmpty()) {
      body.put("hint", problem.hint());
    }
    answer(context, problem.status(), body);
  }

  public static byte[] utf8(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
