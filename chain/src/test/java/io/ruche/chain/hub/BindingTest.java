package io.ruche.chain.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.abi.Reverts;
import io.ruche.chain.dev.AnvilFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our hand-kept binding against the ABI of the built contracts. */
class BindingTest {
  private static final Path OUT = Path.of("..", "contracts", "out");

  @BeforeEach
  void requireContracts() {
    AnvilFixture.artifacts();
  }

  @Test
  void everyFunctionOfTheHubExistsWithItsResults() throws IOException {
    assertThat(functions("IHub")).containsAll(texts(HubAbi.HUB_FUNCTIONS));
  }

  @Test
  void everyFunctionOfTheTokenExists() throws IOException {
    assertThat(functions("Ruc")).containsAll(texts(HubAbi.TOKEN_FUNCTIONS));
  }

  @Test
  void everyFunctionOfTheRegistriesExists() throws IOException {
    var common = texts(List.of(HubAbi.IS_REGISTERED, HubAbi.TOTAL_SUPPLY, HubAbi.TOKEN_BY_INDEX));
    assertThat(functions("AppRegistry"))
        .containsAll(common)
        .containsAll(texts(List.of(HubAbi.CREATE_APP, HubAbi.PREDICT_APP)));
    assertThat(functions("DatasetRegistry"))
        .containsAll(common)
        .containsAll(texts(List.of(HubAbi.CREATE_DATASET, HubAbi.PREDICT_DATASET)));
    assertThat(functions("WorkerpoolRegistry"))
        .containsAll(common)
        .containsAll(texts(List.of(HubAbi.CREATE_WORKERPOOL, HubAbi.PREDICT_WORKERPOOL)));
    assertThat(functions("Workerpool")).contains(text(HubAbi.CHANGE_POLICY));
  }

  @Test
  void everyEventExistsWithItsIndexedArguments() throws IOException {
    var built = entries("IHub", "event")
        .map(event -> signature(event) + " " + indexed(event))
        .collect(Collectors.toSet());
    for (AbiEvent event : HubAbi.HUB_EVENTS) {
      assertThat(built).contains(event.signature() + " " + event.indexedCount());
    }
  }

  @Test
  void everyCustomErrorOfEveryContractIsKnownByName() throws IOException {
    var unknown = new TreeSet<String>();
    for (var contract : ours()) {
      entries(contract, "error").map(BindingTest::signature).forEach(signature -> {
        var words = "00".repeat(32 * 6);
        var reason = Reverts.reason(AbiFunction.of(signature).selector() + words, "?");
        if (!reason.startsWith(signature.substring(0, signature.indexOf('(')))) {
          unknown.add(signature);
        }
      });
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyFunctionOfTheGroupsExists() throws IOException {
    assertThat(functions("MemberGroup")).containsAll(texts(Groups.LIST_FUNCTIONS));
    assertThat(functions("WorkerAccount")).containsAll(texts(WorkerAccounts.FUNCTIONS));
    assertThat(functions("UnionGroup")).containsAll(texts(Groups.COMBINED_FUNCTIONS));
    assertThat(functions("IntersectionGroup")).containsAll(texts(Groups.COMBINED_FUNCTIONS));
  }

  /** Built contracts whose source is of this repository, tests left out. */
  private static List<JsonNode> ours() throws IOException {
    try (var files = Files.walk(OUT)) {
      var found = files
          .filter(file -> file.toString().endsWith(".json") && isOurs(file))
          .map(BindingTest::read)
          .toList();
      assertThat(found).as("contracts built from contracts/src").hasSizeGreaterThan(20);
      return found;
    }
  }

  private static boolean isOurs(Path file) {
    return read(file).at("/metadata/settings/compilationTarget").properties().stream()
        .anyMatch(target -> target.getKey().startsWith("src/"));
  }

  private static Set<String> functions(String contract) throws IOException {
    return entries(contract, "function")
        .map(function -> signature(function) + types(function.path("outputs")))
        .collect(Collectors.toSet());
  }

  private static List<String> texts(List<AbiFunction> functions) {
    return functions.stream().map(BindingTest::text).toList();
  }

  private static String text(AbiFunction function) {
    return function.signature() + function.returns();
  }

  private static long indexed(JsonNode event) {
    return StreamSupport.stream(event.path("inputs").spliterator(), false)
        .filter(input -> input.path("indexed").asBoolean())
        .count();
  }

  private static String signature(JsonNode entry) {
    return entry.path("name").asText() + types(entry.path("inputs"));
  }

  private static String types(JsonNode arguments) {
    return StreamSupport.stream(arguments.spliterator(), false)
        .map(BindingTest::type)
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static String type(JsonNode argument) {
    var type = argument.path("type").asText();
    return type.startsWith("tuple")
        ? types(argument.path("components")) + type.substring("tuple".length())
        : type;
  }

  private static Stream<JsonNode> entries(String contract, String kind) throws IOException {
    try (var files = Files.walk(OUT)) {
      var file = files.filter(f -> f.endsWith(contract + ".json")).findFirst().orElseThrow();
      return entries(read(file), kind);
    }
  }

  private static Stream<JsonNode> entries(JsonNode built, String kind) {
    return StreamSupport.stream(built.required("abi").spliterator(), false)
        .filter(entry -> entry.path("type").asText().equals(kind));
  }

  private static JsonNode read(Path file) {
    try {
      return new JsonMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
