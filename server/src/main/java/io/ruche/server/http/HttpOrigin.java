package io.ruche.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.util.JavalinBindException;
import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, applies the limits to every request and answers failures as JSON {@code {ok:false,
 * error, code, hint}}. Handlers run on virtual threads and may block.
 */
public final class HttpOrigin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpOrigin.class);

  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Writes under this path show a token first, and limit strangers themselves. */
  private static final String TOKEN_PATHS = "/results/";

  /** Sent with every answer; content of strangers is served here, so nothing of it may run. */
  private static final Map<String, String> HEADERS = Map.of(
      "X-Content-Type-Options", "nosniff",
      "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox",
      "Referrer-Policy", "no-referrer",
      "Cache-Control", "no-store");

  /** Which status a failure below the handlers becomes; all others are 503 or 500. */
  private static final Map<String, Integer> STATUS_OF_CODE = Map.of(
      "BLOB_TOO_LARGE", 413,
      "ARCHIVE_TOO_LARGE", 413,
      "ARCHIVE_REFUSED", 422,
      "INVALID_OUTPUT", 422,
      "DIGEST_MISMATCH", 422,
      "OUTPUT_LIMIT", 422,
      "BAD_LOCATION", 400,
      "BLOB_MISSING", 404,
      "DISK_FULL", 507,
      "STORE_FULL", 507);

  private final Javalin javalin;
  private final HttpSettings settings;

  /** Adds handlers to the origin. */
  @FunctionalInterface
  public interface Routes {
    void addTo(JavalinDefaultRoutingApi routes);
  }

  private HttpOrigin(Javalin javalin, HttpSettings settings) {
    this.javalin = javalin;
    this.settings = settings;
  }

  /**
   * Starts to listen.
   *
   * @param maxFrameBytes of a WebSocket message
   * @throws RucheException PORT_IN_USE
   */
  public static HttpOrigin start(HttpSettings settings, int maxFrameBytes, List<Routes> routes) {
    var limit = new RateLimit(settings.writesPerMinute());
    var javalin = Javalin.create(config -> {
      configure(config, settings, maxFrameBytes);
      config.routes.before(context -> admit(context, limit));
      routes.forEach(part -> part.addTo(config.routes));
      config.routes.exception(HttpProblem.class, (e, context) -> Json.answer(context, e));
      config.routes.exception(RucheException.class, (e, context) -> answer(context, e));
      config.routes.exception(HttpResponseException.class, (e, context) -> answer(context, e));
      config.routes.exception(Exception.class, (e, context) -> answerUnexpected(context, e));
    });
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new RucheException(
          "PORT_IN_USE",
          "cannot listen on %s:%d: the port is taken or may not be used."
              .formatted(settings.host(), settings.port()),
          "Stop the program that uses it, or choose another --port (0 takes a free one).",
          false,
          e);
    }
    return new HttpOrigin(javalin, settings);
  }

  public int port() {
    return javalin.port();
  }

  public String url() {
    var host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://%s:%d".formatted(host, port());
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config, HttpSettings settings, int maxFrameBytes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = settings.maxBodyBytes();
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyServer(server -> limitConnections(server, settings.maxConnections()));
    config.jetty.modifyHttpConfiguration(HttpOrigin::limitRequests);
    config.jetty.modifyWebSocketServletFactory(factory -> limitFrames(factory, maxFrameBytes));
  }

  private static void limitConnections(Server server, int maxConnections) {
    server.addBean(new NetworkConnectionLimit(maxConnections, server));
  }

  private static void limitRequests(HttpConfiguration http) {
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setIdleTimeout(IDLE.toMillis());
    http.setSendServerVersion(false);
  }

  private static void limitFrames(JettyWebSocketServletFactory factory, int maxFrameBytes) {
    factory.setMaxTextMessageSize(maxFrameBytes);
    factory.setMaxFrameSize(maxFrameBytes);
    factory.setMaxBinaryMessageSize(1);
  }

  private static void admit(Context context, RateLimit limit) {
    HEADERS.forEach(context::header);
    if (WRITES.contains(context.method().name())
        && !context.path().startsWith(TOKEN_PATHS)
        && !limit.tryTake(RateLimit.callerOf(context.ip()))) {
      throw HttpProblem.tooMany(
          "too many requests from this address.", "Wait a minute, then go on more slowly.");
    }
  }

  private static void answer(Context context, RucheException e) {
    var status = STATUS_OF_CODE.getOrDefault(e.code(), e.isRetryable() ? 503 : 500);
    if (status >= 500) {
      LOG.warn("request failed path={} code={} {}", context.path(), e.code(), e.getMessage());
    }
    Json.answer(
        context, new HttpProblem(status, e.code(), String.valueOf(e.getMessage()), e.hint()));
  }

  private static void answer(Context context, HttpResponseException e) {
    var code = e.getStatus() == 404 ? "NOT_FOUND" : "HTTP_" + e.getStatus();
    Json.answer(context, new HttpProblem(e.getStatus(), code, String.valueOf(e.getMessage()), ""));
  }

  private static void answerUnexpected(Context context, Exception e) {
    LOG.error("request failed path={}", context.path(), e);
    Json.answer(
        context, new HttpProblem(500, "INTERNAL", "the server failed on this request.", ""));
  }
}
