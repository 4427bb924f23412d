package io.ruche.transfer;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a file that a 206 reply carries.
 *
 * @param total size of the whole file, or -1 when the server does not know
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  static Optional<ContentRange> parse(String header) {
    var match = FORM.matcher(header);
    if (!match.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(match.group(1));
    long last = Long.parseLong(match.group(2));
    long total = match.group(3).equals("*") ? -1 : Long.parseLong(match.group(3));
    boolean isSane = first <= last && (total < 0 || last < total);
    return isSane ? Optional.of(new ContentRange(first, last, total)) : Optional.empty();
  }
}
