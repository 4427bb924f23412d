package io.ruche.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a file is, parsed from a stranger's text. */
sealed interface Location {
  /** Longer locations are refused unread. */
  int MAX_LENGTH = 4_096;

  /** Base58 CIDv0, or CIDv1 in any base, with a plain path below it. */
  Pattern IPFS_PATH =
      Pattern.compile("[A-Za-z0-9]{46,128}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}){0,16}");

  Set<String> WEB_SCHEMES = Set.of("http", "https");

  /** On a web server. */
  record Web(URI uri) implements Location {}

  /** On this machine. */
  record Local(Path file) implements Location {}

  /** Anywhere that serves this content; the path starts with the CID. */
  record Ipfs(String path) implements Location {
    URI at(URI gateway) {
      var origin = gateway.toString().replaceAll("/+$", "");
      return URI.create(origin + "/ipfs/" + path);
    }
  }

  /**
   * The location in this text.
   *
   * @throws io.ruche.core.RucheException BAD_LOCATION when it is none that we can fetch from
   */
  static Location parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw bad(text, "expected at most " + MAX_LENGTH + " characters, found " + text.length());
    }
    for (String prefix : new String[] {"/ipfs/", "/p2p/", "ipfs://"}) {
      if (text.startsWith(prefix)) {
        return ipfs(text, text.substring(prefix.length()));
      }
    }
    try {
      return ofUri(new URI(text));
    } catch (URISyntaxException e) {
      throw bad(text, e.getReason());
    }
  }

  /** Checks a web address that a server redirects to, as strictly as one from an order. */
  static URI web(URI uri) {
    var scheme = schemeOf(uri);
    if (!WEB_SCHEMES.contains(scheme)) {
      throw bad(uri, "expected http or https, found " + scheme);
    }
    if (uri.getHost() == null) {
      throw bad(uri, "expected a host name");
    }
    if (uri.getRawUserInfo() != null) {
      throw bad(uri, "names and passwords in a URL are refused");
    }
    return uri;
  }

  private static Location ofUri(URI uri) {
    return schemeOf(uri).equals("file") ? new Local(localFile(uri)) : new Web(web(uri));
  }

  private static Path localFile(URI uri) {
    try {
      return Path.of(uri);
    } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
      throw bad(uri, "expected file:///an/absolute/path");
    }
  }

  private static Location ipfs(String text, String path) {
    if (!IPFS_PATH.matcher(path).matches()) {
      throw bad(text, "expected a CID and plain names after it");
    }
    return new Ipfs(path);
  }

  private static String schemeOf(URI uri) {
    var scheme = uri.getScheme();
    return scheme == null ? "no scheme" : scheme.toLowerCase(Locale.ROOT);
  }

  private static RuntimeException bad(Object text, String why) {
    return TransferCode.BAD_LOCATION.error(
        "Cannot fetch from %s: %s.".formatted(Shown.of(text), why),
        "Use http(s)://host/path, file:///path or /ipfs/<cid>.");
  }
}
