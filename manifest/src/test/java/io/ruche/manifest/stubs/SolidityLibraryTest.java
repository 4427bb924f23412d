package io.ruche.manifest.stubs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.manifest.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compiles and formats the generated libraries with the tools of {@code contracts/}. */
class SolidityLibraryTest {
  static final List<String> NAMES = Samples.NAMES;

  private static final Path CONTRACTS =
      Path.of("..", "contracts").toAbsolutePath().normalize();
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 120;

  @TempDir
  Path folder;

  @BeforeEach
  void requireTools() {
    boolean areThere = Files.isDirectory(CONTRACTS.resolve("node_modules/solc"))
        && Files.isDirectory(CONTRACTS.resolve("node_modules/@foundry-rs/forge"));
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      Assumptions.assumeTrue(areThere, "forge and solc are not installed (npm ci in contracts)");
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void generatedLibraryIsFormatted(String sample) throws Exception {
    var file = write(Generated.solidity(sample));

    var said = run("", "bin/forge", "fmt", "--check", file.toString());

    assertThat(said.exitCode()).as(said.text()).isZero();
  }

  @Test
  void generatedLibrariesCompileWithoutWarning() throws Exception {
    var sources = JSON.createObjectNode();
    for (var sample : NAMES) {
      var stub = Generated.solidity(sample);
      var type = stub.path().replace(".sol", "");
      sources.putObject(stub.path()).put("content", stub.source());
      sources.putObject("Use" + stub.path()).put("content", user(sample, type));
    }
    var input = JSON.createObjectNode().put("language", "Solidity");
    input.set("sources", sources);
    input
        .putObject("settings")
        .putObject("outputSelection")
        .putObject("*")
        .putArray("*")
        .add("evm.bytecode.object");

    var said = run(JSON.writeValueAsString(input), "bin/solc", "--standard-json");

    var problems = new ArrayList<String>();
    for (JsonNode error : JSON.readTree(said.text()).path("errors")) {
      problems.add(error.path("formattedMessage").asText());
    }
    assertThat(problems).isEmpty();
    assertThat(said.text()).contains("\"object\":\"60");
  }

  /** A contract that uses every function of the library, so that all of its code is made. */
  private static String user(String sample, String type) {
    var body = new StringBuilder(
        "pragma solidity ^0.8.20;\nimport {%1$s} from \"./%1$s.sol\";\n".formatted(type));
    body.append("// SPDX-License-Identifier: Apache-2.0\ncontract Use")
        .append(type)
        .append(" {\n");
    for (var function : Samples.manifest(sample).functions()) {
      body.append(
          "  function %sAnswer(bytes memory data) external pure {\n".formatted(function.name()));
      body.append("    %s.%sResult(data);\n  }\n".formatted(type, function.name()));
      var types = function.arguments().stream()
          .map(each -> each.type().name() + (each.type().isDynamic() ? " memory" : ""))
          .toList();
      var declared = new ArrayList<String>();
      var names = new ArrayList<String>();
      for (int i = 0; i < types.size(); i++) {
        declared.add(types.get(i) + " a" + i);
        names.add("a" + i);
      }
      body.append("  function %sCall(%s) external pure returns (bytes memory) {\n"
          .formatted(function.name(), String.join(", ", declared)));
      var name = function.name().equals("delete") ? "delete_" : function.name();
      body.append("    return %s.%s(%s);\n  }\n".formatted(type, name, String.join(", ", names)));
    }
    return body.append("}\n").toString();
  }

  private record Said(int exitCode, String text) {}

  private Path write(Stub stub) throws IOException {
    return Files.writeString(folder.resolve(stub.path()), stub.source());
  }

  private Said run(String input, String... command) throws Exception {
    var in = Files.writeString(folder.resolve("in.txt"), input);
    var out = folder.resolve("out.txt");
    var process = new ProcessBuilder(command)
        .directory(CONTRACTS.toFile())
        .redirectInput(in.toFile())
        .redirectOutput(out.toFile())
        .redirectErrorStream(true)
        .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("no answer from " + List.of(command));
    }
    return new Said(process.exitValue(), Files.readString(out));
  }
}
