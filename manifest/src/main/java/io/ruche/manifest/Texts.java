package io.ruche.manifest;

/** Words of error messages. */
final class Texts {
  private static final int LONGEST_QUOTE = 80;

  private Texts() {}

  /** The text in quotes, cut when it is long; control characters do not reach the terminal. */
  static String quoted(String text) {
    var shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    return "\"" + shown.replaceAll("\\p{Cntrl}", " ") + "\"";
  }

  /** 1 argument, 2 arguments. */
  static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
