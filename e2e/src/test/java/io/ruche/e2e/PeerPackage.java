package io.ruche.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.cli.Installation;
import io.ruche.core.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/** The contracts that the peer published, as built by it. */
record PeerPackage(Path folder) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int NOT_FETCHABLE = 2;

  /**
   * A contract, and what a diamond delegates to it.
   *
   * @param creationCode 0x-prefixed, without constructor arguments
   */
  record Facet(String creationCode, List<String> selectors) {}

  /** Fetched once; the test is reported as not run where the registry cannot be reached. */
  static PeerPackage fetched() throws IOException, InterruptedException {
    var script = Installation.current().contracts().resolve("peer/fetch.mjs");
    var process = new ProcessBuilder("node", script.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code == NOT_FETCHABLE && System.getenv("RUCHE_REQUIRE_ALL") == null) {
      Assumptions.abort("the peer's contracts cannot be fetched from the npm registry");
    }
    if (code != 0) {
      throw new AssertionError("%s ended with %d".formatted(script, code));
    }
    return new PeerPackage(Path.of(out.strip()));
  }

  /** A contract of the peer's own, such as {@code facets/IexecPoco1Facet}. */
  Facet contract(String name) {
    return contract(name, Address.ZERO);
  }

  /**
   * A contract of the peer's own.
   *
   * @param library the one that its code leaves places for
   */
  Facet contract(String name, Address library) {
    var file = name.substring(name.lastIndexOf('/') + 1) + ".json";
    return facet(read("artifacts/contracts/%s.sol/%s".formatted(name, file)), library);
  }

  /** A contract that the peer takes from others; its record of a deployment has the code. */
  Facet borrowed(String name) {
    return facet(read("deployments/arbitrum/%s.json".formatted(name)), Address.ZERO);
  }

  private static Facet facet(JsonNode artifact, Address library) {
    var code = artifact.required("bytecode").asText();
    var linked = code.replaceAll("__\\$[0-9a-f]{34}\\$__", library.hex().substring(2));
    var selectors = new ArrayList<String>();
    for (var entry : artifact.required("abi")) {
      switch (entry.path("type").asText()) {
        case "function" -> selectors.add(AbiFunction.of(signature(entry)).selector());
        case "fallback" -> selectors.add("0xffffffff");
        case "receive" -> selectors.add("0x00000000");
        default -> {}
      }
    }
    return new Facet(linked, List.copyOf(selectors));
  }

  private static String signature(JsonNode function) {
    return function.required("name").asText() + types(function.required("inputs"));
  }

  private static String types(JsonNode parameters) {
    return StreamSupport.stream(parameters.spliterator(), false)
        .map(PeerPackage::type)
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static String type(JsonNode parameter) {
    var type = parameter.required("type").asText();
    return type.startsWith("tuple")
        ? types(parameter.required("components")) + type.substring("tuple".length())
        : type;
  }

  private JsonNode read(String file) {
    try {
      return JSON.readTree(folder.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
