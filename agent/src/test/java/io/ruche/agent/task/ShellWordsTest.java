package io.ruche.agent.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  @Test
  void wordsAreSplitAsAShellWould() {
    assertThat(ShellWords.split("")).isEmpty();
    assertThat(ShellWords.split("  \t a  b\n")).containsExactly("a", "b");
    assertThat(ShellWords.split("'a b' \"c d\"")).containsExactly("a b", "c d");
    assertThat(ShellWords.split("a'b'\"c\"d")).containsExactly("abcd");
    assertThat(ShellWords.split("'' \"\"")).containsExactly("", "");
    assertThat(ShellWords.split("a\\ b \\'")).containsExactly("a b", "'");
    assertThat(ShellWords.split("'a\\b'")).containsExactly("a\\b");
    assertThat(ShellWords.split("\"a\\\"b \\x \\$\"")).containsExactly("a\"b \\x $");
    assertThat(ShellWords.split("$HOME `x` *")).isEqualTo(List.of("$HOME", "`x`", "*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "\"a", "a\\", "'a\" b"})
  void whatIsNotClosedIsRefused(String text) {
    assertThatThrownBy(() -> ShellWords.split(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
