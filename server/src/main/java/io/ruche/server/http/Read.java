package io.ruche.server.http;

import io.javalin.http.Context;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.OrderHash;
import io.ruche.core.TaskId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Strict reading of what a request names; anything else is answered with 400. */
public final class Read {
  private Read() {}

  public static TaskId task(Context context, String name) {
    return path(context, name, TaskId::new);
  }

  public static DealId deal(Context context, String name) {
    return path(context, name, DealId::new);
  }

  public static OrderHash order(Context context, String name) {
    return path(context, name, OrderHash::new);
  }

  public static Address addressIn(Context context, String name) {
    return path(context, name, Address::new);
  }

  /** An address of the query, or null when it is not given. */
  public static @Nullable Address address(Context context, String name) {
    return query(context, name, Address::new);
  }

  /** A number of the query from 0 to {@code max}, or null when it is not given. */
  public static @Nullable Long number(Context context, String name, long max) {
    return query(context, name, text -> {
      if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > max) {
        throw new IllegalArgumentException("expected a number from 0 to " + max);
      }
      return Long.parseLong(text);
    });
  }

  /** A value of the query, or null when it is not given. */
  public static <T> @Nullable T query(Context context, String name, Function<String, T> read) {
    var text = context.queryParam(name);
    return text == null ? null : read(name, text, read);
  }

  private static <T> T path(Context context, String name, Function<String, T> read) {
    return read(name, context.pathParam(name), read);
  }

  private static <T> T read(String name, String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("BAD_PARAMETER", "%s: %s.".formatted(name, e.getMessage()), "");
    }
  }
}
