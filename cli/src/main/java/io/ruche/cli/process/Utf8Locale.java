package io.ruche.cli.process;

import java.util.Locale;
import java.util.Map;

/**
 * Lets a process of ours use any file name: Java encodes names by the locale it is started in, and
 * under the plain {@code C} locale it can name ASCII files only.
 */
public final class Utf8Locale {
  private static final String VARIABLE = "LC_ALL";
  private static final String NEUTRAL = "C.UTF-8";

  private Utf8Locale() {}

  /** Changes the environment unless its locale has UTF-8 already. */
  public static void ensure(Map<String, String> environment) {
    var locale = effective(environment).toUpperCase(Locale.ROOT);
    if (!locale.endsWith("UTF-8") && !locale.endsWith("UTF8")) {
      environment.put(VARIABLE, NEUTRAL);
    }
  }

  /** By the precedence that POSIX gives the variables; an empty one counts as absent. */
  private static String effective(Map<String, String> environment) {
    for (var name : new String[] {VARIABLE, "LC_CTYPE", "LANG"}) {
      var value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
