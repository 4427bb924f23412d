package io.ruche.chain.dev;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was deployed on a chain, as the record of the deployment says.
 *
 * @param startBlock no event of the hub is older
 * @param contracts addresses by contract name; a deployment that was cut off has fewer
 */
public record DeployedContracts(
    long chainId, URI rpc, long startBlock, Map<String, Address> contracts) {
  private static final JsonMapper JSON = new JsonMapper();

  public DeployedContracts {
    contracts = Map.copyOf(contracts);
  }

  public Address hub() {
    return require("Hub");
  }

  public Address token() {
    return require("Ruc");
  }

  /** A contract that a finished deployment has. */
  public Address require(String name) {
    var address = contracts.get(name);
    if (address == null) {
      throw new RucheException(
          "DEPLOYMENT_INCOMPLETE",
          "the deployment has no %s yet.".formatted(name),
          "Run the same command again; it goes on where it stopped.",
          true);
    }
    return address;
  }

  DeployedContracts with(String name, Address address, long block) {
    var all = new TreeMap<>(contracts);
    all.put(name, address);
    return new DeployedContracts(chainId, rpc, block, all);
  }

  public static DeployedContracts read(Path file) {
    try {
      var json = JSON.readTree(Files.readString(file));
      var contracts = new TreeMap<String, Address>();
      json.required("contracts")
          .properties()
          .forEach(entry ->
              contracts.put(entry.getKey(), new Address(entry.getValue().asText())));
      return new DeployedContracts(
          json.required("chainId").asLong(),
          URI.create(json.required("rpc").asText()),
          json.required("startBlock").asLong(),
          contracts);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unusable(file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw unusable(file, e.toString(), e);
    }
  }

  /** Replaces the file in one step. */
  void write(Path file) {
    var json = JSON.createObjectNode()
        .put("chainId", chainId)
        .put("rpc", rpc.toString())
        .put("startBlock", startBlock);
    var list = json.putObject("contracts");
    new TreeMap<>(contracts).forEach((name, address) -> list.put(name, address.checksummed()));
    if (contracts.containsKey("Hub")) {
      json.put("hub", hub().checksummed()).put("token", token().checksummed());
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(draft, json.toPrettyString() + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(file, e.toString(), e);
    }
  }

  private static RucheException unusable(Path file, String why, Exception cause) {
    return new RucheException(
        "NETWORK_FILE",
        "the record of the deployment, %s, cannot be used: %s.".formatted(file, why),
        "Check the disk; if the file is broken, delete it and run the same command again.",
        false,
        cause);
  }
}
