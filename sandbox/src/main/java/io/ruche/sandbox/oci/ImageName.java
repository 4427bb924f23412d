package io.ruche.sandbox.oci;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image in a registry, as a deal names it: {@code host/group/name}, where a missing host is
 * Docker's registry; a tag is dropped, for it may move.
 *
 * @param digest what stands behind an {@code @} in the name
 */
record ImageName(String host, String path, @Nullable String digest) {
  private static final int MAX_LENGTH = 512;
  private static final String DOCKER_HUB = "docker.io";
  private static final String PART = "[a-z0-9]+(?:(?:[.]|_{1,2}|-+)[a-z0-9]+)*";
  private static final Pattern NAME = Pattern.compile(
      "(?:(?<host>(?:[A-Za-z0-9-]+[.])+[A-Za-z0-9-]+(?::[0-9]{1,5})?|localhost(?::[0-9]{1,5})?"
          + "|[A-Za-z0-9-]+:[0-9]{1,5})/)?"
          + "(?<path>" + PART + "(?:/" + PART + ")*)"
          + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
          + "(?:@sha256:(?<digest>[0-9a-f]{64}))?");

  /** Empty when the text names no image. */
  static Optional<ImageName> parse(String text) {
    var matcher = NAME.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    var found = matcher.group("host");
    var host = found == null || found.endsWith(".docker.com") ? DOCKER_HUB : found;
    var path = matcher.group("path");
    boolean isOfficial = host.equals(DOCKER_HUB) && path.indexOf('/') < 0;
    return Optional.of(
        new ImageName(host, isOfficial ? "library/" + path : path, matcher.group("digest")));
  }

  /** The host alone, without a port. */
  String hostName() {
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** What the engine is asked for: nothing but these bytes. */
  String pinnedTo(String sha256Hex) {
    return "%s/%s@sha256:%s".formatted(host, path, sha256Hex);
  }
}
