package io.ruche.cli.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Reason;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a network is. {@code ruche up} writes it; for any other chain it is written by hand.
 *
 * @param market origin of the order board and data store
 * @param pool the workerpool that {@code up} started; zero when there is none
 * @param workers wallets of the workers that {@code up} started
 * @param mnemonic the public words behind every wallet of a dev chain; empty elsewhere
 */
public record Network(
    long chainId,
    URI rpc,
    Address hub,
    Address token,
    URI market,
    Address pool,
    List<Address> workers,
    String mnemonic) {
  private static final JsonMapper JSON = new JsonMapper();

  public Network {
    workers = List.copyOf(workers);
  }

  /** Reads {@code file}; unknown keys are allowed, so that older programs read newer files. */
  public static Network read(Path file) {
    if (!Files.exists(file)) {
      throw new RucheException(
          "NETWORK_UNKNOWN",
          "there is no network file at " + file,
          "Start a local network with `ruche up`, or name a file with --network.",
          false);
    }
    try {
      return parse(JSON.readTree(Files.readString(file)));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new RucheException(
          "NETWORK_INVALID",
          "cannot use the network file %s: %s".formatted(file, Reason.of(e)),
          "Expected keys are chainId, rpc, hub, token and market.",
          false,
          e);
    } catch (IOException e) {
      throw new RucheException(
          "NETWORK_INVALID",
          "cannot read the network file " + file,
          "Check who may read it.",
          false,
          e);
    }
  }

  /** The same chain seen from another pool. */
  public Network of(URI itsMarket, Address workerpool) {
    return new Network(chainId, rpc, hub, token, itsMarket, workerpool, List.of(), mnemonic);
  }

  public void write(Path file) {
    try {
      var target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
      var part = target.resolveSibling(target.getFileName() + ".part");
      Files.writeString(part, toJson().toPrettyString() + "\n");
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RucheException(
          "NETWORK_UNWRITABLE",
          "cannot write the network file %s: %s".formatted(file, e),
          "Name a file in a folder that exists and has space left.",
          false,
          e);
    }
  }

  public ObjectNode toJson() {
    var json = JSON.createObjectNode()
        .put("chainId", chainId)
        .put("rpc", rpc.toString())
        .put("hub", hub.checksummed())
        .put("token", token.checksummed())
        .put("market", market.toString())
        .put("pool", pool.checksummed());
    var list = json.putArray("workers");
    workers.forEach(worker -> list.add(worker.checksummed()));
    return json.put("mnemonic", mnemonic);
  }

  private static Network parse(JsonNode json) {
    var workers = new ArrayList<Address>();
    json.path("workers").forEach(worker -> workers.add(new Address(worker.asText())));
    return new Network(
        json.required("chainId").asLong(),
        uri(json, "rpc"),
        new Address(json.required("hub").asText()),
        new Address(json.required("token").asText()),
        uri(json, "market"),
        json.hasNonNull("pool") ? new Address(json.get("pool").asText()) : Address.ZERO,
        workers,
        json.path("mnemonic").asText(""));
  }

  private static URI uri(JsonNode json, String key) {
    var uri = URI.create(json.required(key).asText());
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException(
          "expected %s to be an http or https URL, found: %s".formatted(key, uri));
    }
    return uri;
  }
}
