package io.ruche.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ManifestTest {
  static final List<String> NAMES = Samples.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void samplesAreReadWithTheirHash(String name) {
    var manifest = Samples.manifest(name);

    assertThat(manifest.name()).isEqualTo(name);
    assertThat(manifest.hash().bytes()).isEqualTo(Keccak.hash(Samples.bytes(name)));
  }

  @Test
  void examplesAreReadAsTheirTypes() {
    var outcome = Samples.manifest("chess").function("outcome").orElseThrow();

    var example = outcome.examples().getFirst();

    assertThat(example.arguments().get(1)).isEqualTo(AbiValue.of(BigInteger.ONE));
    assertThat(outcome.abi().encodeAnswer(example.result())).hasSize(32);
    assertThat(outcome.abi().toString()).isEqualTo("outcome(bytes32,uint256)(uint8)");
    assertThat(Hex.encode(AbiFunction.parse("transfer(address,uint256)(bool)").selector()))
        .isEqualTo("0xa9059cbb");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      "manifest": 1,     | "manifest": 2,      | manifest: expected the number 1, found 2
      "name": "chess",   | "name": "Chess",    | name: expected a name of at most 40 small
      "name": "chess",   |                     | name: expected a name of at most 40 small letters, digits and single hyphens, found nothing
      "version": "1.0.0" | "version": "1"      | version: expected a version such as 1.0.0, found "1"
      "type": "WASM"     | "type": "DOCKER"    | type: expected "WASM", found "DOCKER"
      "type": "WASM"     | "kind": "WASM"      | kind: expected one of the keys description, functions
      "type": "uint16"   | "type": "uint17"    | functions[1].arguments[2].type: expected a type (bool, address
      "type": "uint16"   | "type": "uint"      | functions[1].arguments[2].type: expected a type
      "type": "uint16"   | "type": 16          | functions[1].arguments[2].type: expected a type as text
      "type": "uint16"   | "type": ""          | functions[1].arguments[2].type: expected a type as text
      "type": "uint16"   | "type": "uint8[][]" | functions[1].arguments[2].type: expected a type
      "type": "uint16"   | "type": "uint8[2]"  | functions[1].arguments[2].type: expected a type
      "type": "uint16"   | "type": "bytes33"   | functions[1].arguments[2].type: expected a type
      "name": "move"     | "name": "state"     | functions[1].arguments: expected distinct names, found "state" twice
      "name": "move"     | "name": "the move"  | functions[1].arguments[2].name: expected a name
      "name": "play"     | "name": "outcome"   | functions: expected distinct names, found "outcome" twice
      "name": "play"     | "name": "outcomeResult" | functions: expected no function named "outcomeResult" beside "outcome"
      "result": ["0"]    | "result": ["256"]   | functions[0].examples[0].result[0]: expected a uint8 (a whole number from 0), found "256"
      "result": ["0"]    | "result": [0]       | functions[0].examples[0].result[0]: expected a uint8 (a whole number from 0), found 0
      "result": ["0"]    | "result": []        | functions[0].examples[0].result: expected an array of 1 to 1 items, found an array of 0
      "result": ["0"]    | "results": ["0"]    | functions[0].examples[0].results: expected one of the keys arguments, result
      "runSeconds": 10   | "runSeconds": 0     | limits.runSeconds: expected a whole number of 1 to 86400, found 0
      "memoryMiB": 64    | "memoryMiB": "64"   | limits.memoryMiB: expected a whole number of 1 to 4096, found "64"
      "memoryMiB": 64    | "disk": 64          | limits.disk: expected one of the keys memoryMiB, runSeconds
      "Plays one move    | "Plays\\none move   | functions[1].description: expected a text of 1 to 500 characters in one line
      "limits": {        | "limits": [{        | manifest: expected JSON
      "manifest": 1,     | "manifest": 1, "name": "chess", | manifest: expected JSON, found: Duplicate field 'name'
      """)
  void wrongFieldIsNamedByItsPath(String right, String wrong, String problem) {
    var json = text("chess");
    assertThat(json).contains(right);

    assertThatThrownBy(() -> parse(replaceFirst(json, right, wrong == null ? "" : wrong)))
        .isInstanceOf(ManifestProblems.class)
        .hasMessageContaining(problem);
  }

  @Test
  void allProblemsAreReportedTogether() {
    var json = text("chess")
        .replace("\"uint16\"", "\"int7\"")
        .replace("\"memoryMiB\": 64", "\"memoryMiB\": 0")
        .replace("\"1.0.0\"", "\"one\"");

    var problems =
        catchThrowableOfType(ManifestProblems.class, () -> parse(json)).problems();

    assertThat(problems).hasSize(3);
  }

  @Test
  void endlessProblemsAreCut() {
    var keys = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      keys.append("\"k").append(i).append("\":1,");
    }

    var problems = catchThrowableOfType(
            ManifestProblems.class, () -> parse("{" + keys + "\"manifest\":1}"))
        .problems();

    assertThat(problems).hasSize(50);
  }

  @Property(tries = 500)
  void mutatedManifestsFailCleanlyOrAreManifests(
      @ForAll @IntRange(max = 3_000) int at, @ForAll byte with, @ForAll boolean cuts) {
    byte[] json = Samples.bytes("chess");
    int index = at % json.length;
    json[index] = with;

    try {
      var mutated = cuts ? Arrays.copyOf(json, index) : json;
      assertThat(Manifest.parse(mutated).functions()).isNotEmpty();
    } catch (ManifestProblems expected) {
      assertThat(expected.problems()).isNotEmpty();
    }
  }

  @Test
  void argumentsOfACommandLineAreCheckedByName() {
    var outcome = Samples.manifest("chess").function("outcome").orElseThrow();
    var board = "0x" + "00".repeat(32);

    assertThat(outcome.parseArguments(List.of(board, "0x1f")).get(1).toInt()).isEqualTo(31);
    assertThatThrownBy(() -> outcome.parseArguments(List.of(board)))
        .hasMessage("outcome takes 2 arguments (bytes32 board, uint256 state), found 1");
    assertThatThrownBy(() -> outcome.parseArguments(List.of("0x00", "1")))
        .hasMessage("argument 1, board: expected a bytes32 (0x and 64 hex digits), found \"0x00\"");
    assertThatThrownBy(() -> outcome.parseArguments(List.of(board, "-1")))
        .hasMessageContaining("argument 2, state: expected a uint256");
  }

  @Test
  void formHasAFieldForEachArgument() {
    var fields = Samples.manifest("chess").function("outcome").orElseThrow().formFields();

    assertThat(fields).extracting(FormField::name).containsExactly("board", "state");
    assertThat(fields)
        .extracting(FormField::kind)
        .containsExactly(FormField.Kind.HEX, FormField.Kind.NUMBER);
    assertThat(fields).allSatisfy(field -> assertThat(field.example()).matches(field.pattern()));
  }

  private static String replaceFirst(String text, String from, String to) {
    int at = text.indexOf(from);
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  private static Manifest parse(String json) {
    return Manifest.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String sample) {
    return new String(Samples.bytes(sample), StandardCharsets.UTF_8);
  }
}
