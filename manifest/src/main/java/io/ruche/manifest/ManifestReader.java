package io.ruche.manifest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Digest;
import io.ruche.core.Keccak;
import io.ruche.manifest.ManifestFunction.Example;
import io.ruche.manifest.ManifestFunction.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks manifests. Names are bounded so that they are names in every language. */
final class ManifestReader {
  private static final int FORMAT = 1;
  private static final int MAX_FUNCTIONS = 32;

  /** More do not fit the stack of Solidity, whatever the call is made of. */
  private static final int MAX_PARAMETERS = 8;

  private static final int MAX_EXAMPLES = 16;
  private static final int MAX_DESCRIPTION = 500;
  private static final int MAX_RUN_SECONDS = 86_400;
  private static final int MAX_MEMORY_MIB = 4_096;

  private static final Pattern APP_NAME =
      Pattern.compile("(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern VERSION =
      Pattern.compile("(?=.{1,32}$)[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?");
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
  private static final String NAME_RULE =
      "a name of at most 40 letters and digits that starts with a small letter";

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final List<String> problems = new ArrayList<>();

  private ManifestReader() {}

  static Manifest read(byte[] json) {
    var reader = new ManifestReader();
    var hash = Digest.of(Keccak.hash(json));
    var manifest = reader.manifest(JsonField.root(tree(json), reader.problems), hash);
    if (!reader.problems.isEmpty()) {
      throw new ManifestProblems(reader.problems);
    }
    return manifest;
  }

  private static JsonNode tree(byte[] json) {
    if (json.length > Manifest.MAX_BYTES) {
      throw problem(
          "expected at most %d bytes, found %d".formatted(Manifest.MAX_BYTES, json.length));
    }
    try {
      var text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return JSON.readTree(text);
    } catch (CharacterCodingException e) {
      throw problem("expected UTF-8");
    } catch (JacksonException e) {
      throw problem("expected JSON, found: %s (line %d)"
          .formatted(
              e.getOriginalMessage(),
              e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
    }
  }

  private static ManifestProblems problem(String text) {
    return new ManifestProblems(List.of("manifest: " + text));
  }

  private Manifest manifest(JsonField root, Digest hash) {
    root.requireKeys(
        Set.of("manifest", "name", "version", "type", "description", "functions", "limits"));
    if (!root.hasObject()) {
      return new Manifest("", "", "", List.of(), null, hash);
    }
    root.at("manifest").number(FORMAT, FORMAT);
    root.at("type").text(Manifest.TYPE::equals, Texts.quoted(Manifest.TYPE));
    var functions = root.at("functions").list(1, MAX_FUNCTIONS, this::function);
    requireDistinctFunctions(root.at("functions"), functions);
    return new Manifest(
        root.at("name")
            .text(
                text -> APP_NAME.matcher(text).matches(),
                "a name of at most 40 small letters, digits and single hyphens"),
        root.at("version").text(text -> VERSION.matcher(text).matches(), "a version such as 1.0.0"),
        description(root, true),
        functions,
        limits(root.at("limits")),
        hash);
  }

  private static Manifest.@Nullable Limits limits(JsonField field) {
    if (!field.isPresent()) {
      return null;
    }
    field.requireKeys(Set.of("runSeconds", "memoryMiB"));
    if (!field.hasObject()) {
      return null;
    }
    return new Manifest.Limits(
        field.at("runSeconds").number(1, MAX_RUN_SECONDS),
        field.at("memoryMiB").number(1, MAX_MEMORY_MIB));
  }

  private ManifestFunction function(JsonField field) {
    field.requireKeys(Set.of("name", "description", "arguments", "result", "examples"));
    if (!field.hasObject()) {
      return new ManifestFunction("", "", List.of(), List.of(), List.of());
    }
    int before = problems.size();
    var arguments = parameters(field.at("arguments"), 0);
    var result = parameters(field.at("result"), 1);
    boolean areTypesKnown = problems.size() == before;
    return new ManifestFunction(
        name(field),
        description(field, true),
        arguments,
        result,
        field.at("examples").isPresent() && areTypesKnown
            ? field.at("examples").list(0, MAX_EXAMPLES, item -> example(item, arguments, result))
            : List.of());
  }

  private static List<Parameter> parameters(JsonField field, int least) {
    var parameters = field.list(least, MAX_PARAMETERS, ManifestReader::parameter);
    var seen = new HashSet<String>();
    for (int i = 0; i < parameters.size(); i++) {
      var name = parameters.get(i).name();
      if (!name.isEmpty() && !seen.add(name)) {
        field.problem("expected distinct names, found %s twice".formatted(Texts.quoted(name)));
      }
    }
    return parameters;
  }

  private static Parameter parameter(JsonField field) {
    field.requireKeys(Set.of("name", "type", "description"));
    if (!field.hasObject()) {
      return new Parameter("", new AbiType.Bool(), "");
    }
    return new Parameter(name(field), type(field.at("type")), description(field, false));
  }

  private static AbiType type(JsonField field) {
    var name = field.text(text -> !text.isEmpty(), "a type as text (%s)".formatted(AbiType.KNOWN));
    return name.isEmpty()
        ? new AbiType.Bool()
        : field.read(_ -> AbiType.parse(name), new AbiType.Bool());
  }

  private static Example example(
      JsonField field, List<Parameter> arguments, List<Parameter> result) {
    field.requireKeys(Set.of("arguments", "result"));
    return new Example(
        values(field.at("arguments"), arguments), values(field.at("result"), result));
  }

  private static List<AbiValue> values(JsonField field, List<Parameter> parameters) {
    var next = new int[1];
    return field.list(parameters.size(), parameters.size(), item -> {
      var type = parameters.get(next[0]++).type();
      return item.read(json -> AbiText.fromJson(type, json), AbiValue.of(false));
    });
  }

  private static String name(JsonField field) {
    return field.at("name").text(text -> NAME.matcher(text).matches(), NAME_RULE);
  }

  private static String description(JsonField owner, boolean isRequired) {
    var field = owner.at("description");
    if (!isRequired && !field.isPresent()) {
      return "";
    }
    return field.text(
        text -> text.length() <= MAX_DESCRIPTION
            && (!isRequired || !text.isBlank())
            && text.codePoints().allMatch(ManifestReader::isPrintable),
        "a text of %d to %d characters in one line".formatted(isRequired ? 1 : 0, MAX_DESCRIPTION));
  }

  /** No line breaks, and nothing invisible that makes a text look like another. */
  private static boolean isPrintable(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  /** No overloading, and no function in the place where stubs put the decoder of another. */
  private static void requireDistinctFunctions(JsonField field, List<ManifestFunction> functions) {
    var names = new HashSet<String>();
    for (var function : functions) {
      if (!function.name().isEmpty() && !names.add(function.name())) {
        field.problem(
            "expected distinct names, found %s twice".formatted(Texts.quoted(function.name())));
      }
    }
    for (var function : functions) {
      if (names.contains(function.name() + "Result")) {
        field.problem("expected no function named %s beside %s, whose answers it would decode"
            .formatted(Texts.quoted(function.name() + "Result"), Texts.quoted(function.name())));
      }
    }
  }
}
