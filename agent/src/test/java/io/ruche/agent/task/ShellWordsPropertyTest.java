package io.ruche.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShellWordsPropertyTest {

  @Property(tries = 300)
  void quotedWordsComeBack(@ForAll List<String> words) {
    var line = words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));

    assertThat(ShellWords.split(line)).isEqualTo(words);
  }
}
