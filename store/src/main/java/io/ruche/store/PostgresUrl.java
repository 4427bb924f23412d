package io.ruche.store;

import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and who asks. A password is no part of the URL, so that the URL
 * may be logged and stand on a command line.
 *
 * @param url such as {@code jdbc:postgresql://host:5432/ruche?user=ruche&sslmode=verify-full}
 * @param password empty for none
 */
public record PostgresUrl(String url, String password) {
  public static final String SCHEME = "jdbc:postgresql:";

  private static final Pattern SECRET =
      Pattern.compile("[?&][^=&]*password[^=&]*=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

  /**
   * Checks the URL.
   *
   * @throws IllegalArgumentException when it is for another database or tells a password
   */
  public PostgresUrl {
    if (SECRET.matcher(url).find()) {
      throw new IllegalArgumentException(
          "expected a URL without user:password@ and without a password parameter");
    }
    if (!url.matches(SCHEME + "//[^/?]+/[^/?]+(\\?.*)?")) {
      throw new IllegalArgumentException(
          "expected %s//HOST[:PORT]/DATABASE[?user=NAME], found: %s".formatted(SCHEME, url));
    }
  }

  /** Host and database, for messages. */
  String name() {
    int query = url.indexOf('?');
    return url.substring("jdbc:".length(), query < 0 ? url.length() : query);
  }

  @Override
  public String toString() {
    return name();
  }
}
