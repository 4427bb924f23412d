package io.ruche.server.status;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.RateLimit;
import io.ruche.server.http.Read;
import java.io.IOException;
import java.util.Random;

/** {@code /measure?bytes=N}: bytes without meaning, for machines that measure their way to here. */
public final class MeasureRoutes implements HttpOrigin.Routes {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_PER_MINUTE = 6;
  private static final int PIECE = 64 << 10;

  private final RateLimit callers = new RateLimit(MAX_PER_MINUTE);
  private final byte[] piece = new byte[PIECE];

  public MeasureRoutes() {
    // Zeros would be too easy for lines that compress.
    new Random(PIECE).nextBytes(piece);
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/measure", this::send);
  }

  private void send(Context context) throws IOException {
    var asked = Read.number(context, "bytes", MAX_BYTES);
    if (!callers.tryTake(RateLimit.callerOf(context.ip()))) {
      throw HttpProblem.tooMany("this address measures too often.", "Wait a minute.");
    }
    int left = asked == null ? PIECE : Math.toIntExact(asked);
    context.contentType("application/octet-stream");
    try (var out = context.outputStream()) {
      while (left > 0) {
        int length = Math.min(left, PIECE);
        out.write(piece, 0, length);
        left -= length;
      }
    }
  }
}
