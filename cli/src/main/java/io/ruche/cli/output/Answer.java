package io.ruche.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a command says on standard output, in each of its forms.
 *
 * @param json the whole answer for programs
 * @param sections the answer for people and pipes
 * @param names the ids alone, for {@code --output quiet}
 */
public record Answer(JsonNode json, List<Section> sections, List<String> names) {
  public Answer {
    sections = List.copyOf(sections);
    names = List.copyOf(names);
  }
}
