package io.ruche.server.http;

/**
 * Limits of the HTTP origin.
 *
 * @param port 0 takes a free one
 * @param maxBodyBytes of a JSON request; uploads have limits of their own
 * @param maxConnections open at once
 * @param writesPerMinute POST and PUT requests of one address
 */
public record HttpSettings(
    String host, int port, int maxBodyBytes, int maxConnections, int writesPerMinute) {
  public static HttpSettings defaults() {
    return new HttpSettings("127.0.0.1", 0, 64 * 1024, 4_096, 1_200);
  }

  public HttpSettings withPort(int other) {
    return new HttpSettings(host, other, maxBodyBytes, maxConnections, writesPerMinute);
  }
}
