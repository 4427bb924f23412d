package io.ruche.transfer;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a redirect may lead: to the web only, and never from encrypted to plain. */
final class Redirects {
  private Redirects() {}

  static URI next(URI from, String locationHeader) {
    URI next;
    try {
      next = from.resolve(new URI(locationHeader));
    } catch (URISyntaxException e) {
      throw refused(from, locationHeader, "the new address is malformed");
    }
    if (locationHeader.isEmpty()) {
      throw refused(from, locationHeader, "it names no new address");
    }
    if (isEncrypted(from) && !isEncrypted(next)) {
      throw refused(from, locationHeader, "it leads from https to " + next.getScheme());
    }
    return Location.web(next);
  }

  private static boolean isEncrypted(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static RuntimeException refused(URI from, String to, String why) {
    return TransferCode.REDIRECT_REFUSED.error(
        "%s redirects to '%s', refused: %s.".formatted(Shown.url(from), Shown.of(to), why),
        "Publish the address where the file is.");
  }
}
