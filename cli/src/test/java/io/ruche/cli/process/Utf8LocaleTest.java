package io.ruche.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Utf8LocaleTest {
  @Test
  void localeWithUtf8IsKept() {
    assertKept(Map.of("LANG", "fr_FR.UTF-8"));
    assertKept(Map.of("LC_ALL", "C.utf8", "LANG", "C"));
    assertKept(Map.of("LC_CTYPE", "de_DE.UTF-8", "LC_ALL", ""));
  }

  @Test
  void anyOtherLocaleIsReplaced() {
    var others = List.of(
        Map.<String, String>of(),
        Map.of("LANG", "C"),
        Map.of("LC_ALL", "POSIX", "LANG", "fr_FR.UTF-8"));
    for (var environment : others) {
      var changed = new HashMap<>(environment);

      Utf8Locale.ensure(changed);

      assertThat(changed).containsEntry("LC_ALL", "C.UTF-8");
    }
  }

  private static void assertKept(Map<String, String> environment) {
    var changed = new HashMap<>(environment);

    Utf8Locale.ensure(changed);

    assertThat(changed).isEqualTo(environment);
  }
}
