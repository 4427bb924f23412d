package io.ruche.chain.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The built contracts: {@code out/<Name>.sol/<Name>.json}. */
public final class Artifacts {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path out;

  public Artifacts(Path out) {
    this.out = out;
  }

  public boolean areBuilt() {
    return Files.exists(file("Hub"));
  }

  /** Creation code, without constructor arguments. */
  public byte[] creationCode(String contract) {
    return creationCode(contract, contract);
  }

  /** As {@link #creationCode(String)}, for a contract in a source file of another name. */
  public byte[] creationCode(String source, String contract) {
    var file = file(source, contract);
    var code = read(file).path("bytecode").path("object").asText();
    if (code.length() <= 2) {
      throw missing(file, null);
    }
    return Hex.decode(code);
  }

  JsonNode abi(String contract) {
    return read(file(contract)).path("abi");
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private Path file(String contract) {
    return file(contract, contract);
  }

  private Path file(String source, String contract) {
    return out.resolve(source + ".sol").resolve(contract + ".json");
  }

  private static RucheException missing(Path file, @Nullable Throwable e) {
    return new RucheException(
        "CONTRACTS_NOT_BUILT",
        "no usable build of a contract at %s.".formatted(file),
        "Run `npm ci && npm run build` in the contracts folder.",
        false,
        e);
  }
}
