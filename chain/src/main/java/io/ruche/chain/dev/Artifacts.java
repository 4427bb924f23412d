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
    var code = read(contract).path("bytecode").path("object").asText();
    if (code.length() <= 2) {
      throw missing(contract, null);
    }
    return Hex.decode(code);
  }

  JsonNode abi(String contract) {
    return read(contract).path("abi");
  }

  private JsonNode read(String contract) {
    try {
      return JSON.readTree(file(contract).toFile());
    } catch (IOException e) {
      throw missing(contract, e);
    }
  }

  private Path file(String contract) {
    return out.resolve(contract + ".sol").resolve(contract + ".json");
  }

  private RucheException missing(String contract, @Nullable Throwable e) {
    return new RucheException(
        "CONTRACTS_NOT_BUILT",
        "no usable build of contract %s at %s.".formatted(contract, file(contract)),
        "Run `npm ci && npm run build` in the contracts folder.",
        false,
        e);
  }
}
