package io.ruche.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A place in a JSON document that is being checked. Every problem is added to one list, behind the
 * path of its field; after a problem a stand-in value lets the check go on.
 */
final class JsonField {
  private static final int MAX_PROBLEMS = 50;

  private final String path;
  private final JsonNode node;
  private final List<String> problems;

  private JsonField(String path, JsonNode node, List<String> problems) {
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  static JsonField root(JsonNode node, List<String> problems) {
    return new JsonField("", node, problems);
  }

  /** Requires an object without other keys than these. */
  void requireKeys(Set<String> known) {
    if (!(node instanceof ObjectNode object)) {
      unexpected("an object");
      return;
    }
    for (var entry : object.properties()) {
      if (!known.contains(entry.getKey())) {
        at(entry.getKey())
            .problem("expected one of the keys "
                + String.join(", ", known.stream().sorted().toList())
                + ", found another");
      }
    }
  }

  JsonField at(String key) {
    var child = node instanceof ObjectNode object ? object.path(key) : MissingNode.getInstance();
    var shown = key.matches("[A-Za-z0-9_]{1,40}") ? key : Texts.quoted(key);
    return new JsonField(path.isEmpty() ? shown : path + "." + shown, child, problems);
  }

  boolean isPresent() {
    return !node.isMissingNode();
  }

  boolean hasObject() {
    return node instanceof ObjectNode;
  }

  String text(Predicate<String> rule, String expected) {
    if (node.isTextual() && rule.test(node.textValue())) {
      return node.textValue();
    }
    unexpected(expected);
    return "";
  }

  int number(int least, int most) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      int number = node.intValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    unexpected(
        least == most
            ? "the number " + least
            : "a whole number of %d to %d".formatted(least, most));
    return least;
  }

  <T> List<T> list(int least, int most, Function<JsonField, T> item) {
    if (!(node instanceof ArrayNode array) || array.size() < least || array.size() > most) {
      unexpected("an array of %d to %d items".formatted(least, most));
      return List.of();
    }
    var items = new ArrayList<T>();
    for (int i = 0; i < array.size(); i++) {
      items.add(item.apply(new JsonField("%s[%d]".formatted(path, i), array.get(i), problems)));
    }
    return items;
  }

  /** Reads the value with a function whose exceptions say what was expected and found. */
  <T> T read(Function<JsonNode, T> reader, T standIn) {
    try {
      return reader.apply(node);
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
      return standIn;
    }
  }

  void unexpected(String expected) {
    problem("expected %s, found %s".formatted(expected, found()));
  }

  void problem(String text) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add((path.isEmpty() ? "manifest" : path) + ": " + text);
    }
  }

  private String found() {
    return node instanceof ArrayNode array
        ? "an array of %d".formatted(array.size())
        : AbiText.shown(node);
  }
}
