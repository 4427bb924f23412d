package io.ruche.transfer;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/** Plain GETs without redirects, cookies, credentials, proxies or retries; any thread may call. */
final class HttpTransport implements AutoCloseable {
  private static final int MAX_CONNECTIONS_PER_HOST = 8;
  private static final int MAX_CONNECTIONS = 32;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADER_BYTES = 8_192;

  private final CloseableHttpClient client;

  HttpTransport(DnsResolver resolver, FetchSettings.Timeouts timeouts) {
    var connect = Timeout.of(timeouts.connect());
    var silence = Timeout.of(timeouts.silence());
    var connections = PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver)
        .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setDefaultConnectionConfig(ConnectionConfig.custom()
            .setConnectTimeout(connect)
            .setSocketTimeout(silence)
            .build())
        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
            .http1Config(Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_HEADER_BYTES)
                .build())
            .build())
        .build();
    this.client = HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(timeouts.whole()))
            .setResponseTimeout(silence)
            .build())
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        .setUserAgent("ruche")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /**
   * Sends a GET and reads the head of the reply; the connection is cut when {@code limit} has
   * passed.
   */
  HttpReply get(URI uri, Map<String, String> headers, Duration limit) throws IOException {
    var request = new HttpGet(uri);
    headers.forEach(request::setHeader);
    var watchdog = new Watchdog(limit, request::cancel);
    try {
      var target = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
      return new HttpReply(request, client.executeOpen(target, request, null), watchdog);
    } catch (IOException | RuntimeException e) {
      watchdog.close();
      throw e;
    }
  }

  @Override
  public void close() {
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
  }
}
