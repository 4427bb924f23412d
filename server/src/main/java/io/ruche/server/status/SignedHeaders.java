package io.ruche.server.status;

import io.javalin.http.Context;
import io.ruche.core.Address;
import io.ruche.core.Signature;
import io.ruche.server.http.HttpProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

/**
 * The headers {@code Ruche-Address}, {@code Ruche-Time} and {@code Ruche-Signature}: who says that
 * they ask, when, and the personal signature of a text that holds both.
 */
record SignedHeaders(Address address, Instant time, Signature signature) {
  /**
   * Reads them.
   *
   * @throws HttpProblem 401 when one is missing, 400 when one cannot be read
   */
  static SignedHeaders of(Context context) {
    return new SignedHeaders(
        header(context, "Ruche-Address", Address::new),
        header(context, "Ruche-Time", SignedHeaders::time),
        header(context, "Ruche-Signature", Signature::new));
  }

  static HttpProblem expired(Instant time, Instant now) {
    return HttpProblem.unauthorized(
        "SIGNATURE_EXPIRED",
        "the request is of %s, here it is %s.".formatted(time, now),
        "Sign a new one; check the clock of your machine.");
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a time such as 2026-01-02T03:04:05Z", e);
    }
  }

  private static <T> T header(Context context, String name, Function<String, T> read) {
    var value = context.header(name);
    if (value == null) {
      throw HttpProblem.unauthorized(
          "SIGNATURE_MISSING",
          "expected the headers Ruche-Address, Ruche-Time and Ruche-Signature, %s is missing."
              .formatted(name),
          "Sign the text of what is asked, with the chain, the workerpool and the time.");
    }
    try {
      return read.apply(value);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw HttpProblem.badRequest("BAD_PARAMETER", "%s: %s.".formatted(name, e.getMessage()), "");
    }
  }
}
