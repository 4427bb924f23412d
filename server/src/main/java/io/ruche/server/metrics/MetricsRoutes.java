package io.ruche.server.metrics;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.ruche.chain.wallet.Secret;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code /metrics} in Prometheus' text format 0.0.4, for who shows the token. A token and not the
 * caller's address decides: behind a reverse proxy every caller seems to be this machine.
 */
public final class MetricsRoutes implements HttpOrigin.Routes {
  private static final String SCHEME = "Bearer ";

  private final PrometheusRegistry registry;
  private final MetricsAccess access;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /** Scrapes follow each other, so that the engine is asked by one at a time. */
  private final ReentrantLock scraping = new ReentrantLock();

  public MetricsRoutes(PrometheusRegistry registry, MetricsAccess access) {
    this.registry = registry;
    this.access = access;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/metrics", this::scrape);
  }

  private void scrape(Context context) throws IOException {
    require(context);
    var text = new ByteArrayOutputStream();
    scraping.lock();
    try {
      writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } finally {
      scraping.unlock();
    }
    context.contentType(PrometheusTextFormatWriter.CONTENT_TYPE).result(text.toByteArray());
  }

  private void require(Context context) {
    switch (access) {
      case MetricsAccess.Open _ -> {}
      case MetricsAccess.Closed _ ->
        throw new HttpProblem(
            403,
            "METRICS_CLOSED",
            "this server tells its metrics to nobody.",
            "Its operator opens them with --metrics-token-file.");
      case MetricsAccess.WithToken(var token) -> {
        var header = context.header("Authorization");
        if (header == null
            || !header.startsWith(SCHEME)
            || !Secret.of(header.substring(SCHEME.length())).equals(token)) {
          throw HttpProblem.unauthorized(
              "METRICS_TOKEN",
              "expected the header Authorization: Bearer and the token of the metrics.",
              "Let Prometheus read the token's file: authorization.credentials_file.");
        }
      }
    }
  }
}
