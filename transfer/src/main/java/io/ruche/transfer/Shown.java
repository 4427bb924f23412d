package io.ruche.transfer;

import java.net.URI;

/** Text of strangers made fit for one line of a message: bounded, no control characters. */
final class Shown {
  private static final int MAX_LENGTH = 200;

  private Shown() {}

  static String of(Object stranger) {
    var text = stranger.toString();
    var shown = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  /** A URL without its query, which may carry a secret. */
  static String url(URI uri) {
    var text = uri.toString();
    int query = text.indexOf('?');
    return of(query < 0 ? text : text.substring(0, query) + "?...");
  }
}
