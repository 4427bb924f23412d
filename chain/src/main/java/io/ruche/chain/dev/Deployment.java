package io.ruche.chain.dev;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.RucheException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Puts the token, the registries and the hub on a dev chain, once. Each address is recorded as soon
 * as it is known, so a deployment that was cut off goes on where it stopped; code that a killed
 * chain lost is put back.
 */
public final class Deployment {
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);

  /** The hub's usual categories, and a last, short one for trying deadlines out. */
  public static final List<Category> CATEGORIES = List.of(
      category(0, "XS", 300),
      category(1, "S", 1_200),
      category(2, "M", 3_600),
      category(3, "L", 10_800),
      category(4, "XL", 36_000),
      category(5, "XXS", 5));

  /** In the order of creation; each needs only earlier ones. */
  private static final List<String> STEPS = List.of(
      "Ruc", "AppRegistry", "DatasetRegistry", "WorkerpoolRegistry", "HubViews", "HubDesk", "Hub");

  private final Rpc rpc;
  private final TransactionSender sender;
  private final Artifacts artifacts;
  private final Path networkFile;

  /** The sender becomes the owner of the hub and the faucet of the token. */
  public Deployment(Rpc rpc, TransactionSender sender, Artifacts artifacts, Path networkFile) {
    this.rpc = rpc;
    this.sender = sender;
    this.artifacts = artifacts;
    this.networkFile = networkFile;
  }

  /** Deploys what is missing, and records where everything is and how the chain is reached now. */
  public DeployedContracts run(URI endpoint) {
    var kept = kept(endpoint);
    for (var name : STEPS.subList(kept.contracts().size(), STEPS.size())) {
      kept = create(name, kept);
      kept.write(networkFile);
    }
    kept.write(networkFile);
    return kept;
  }

  /** What is recorded and still has code, up to the first contract that has not. */
  private DeployedContracts kept(URI endpoint) {
    long chainId = rpc.chainId();
    var kept = new DeployedContracts(chainId, endpoint, 0, Map.of());
    if (!Files.exists(networkFile)) {
      return kept;
    }
    var recorded = DeployedContracts.read(networkFile);
    for (var name : STEPS) {
      var address = recorded.contracts().get(name);
      if (recorded.chainId() != chainId || address == null || !rpc.hasCode(address)) {
        return kept;
      }
      kept = kept.with(name, address, recorded.startBlock());
    }
    return kept;
  }

  private DeployedContracts create(String name, DeployedContracts known) {
    byte[] code = artifacts.creationCode(name);
    byte[] arguments = arguments(name, known.contracts()).toBytes();
    byte[] initCode = Arrays.copyOf(code, code.length + arguments.length);
    System.arraycopy(arguments, 0, initCode, code.length, arguments.length);

    var action = "deploy:" + name + ":" + UUID.randomUUID();
    var outcome = sender.sendAndWait(action, Call.create(initCode), STEP_TIMEOUT);
    var receipt = rpc.receipts(List.of(outcome.hash())).getFirst();
    var address = receipt.map(Receipt::contract).orElse(null);
    if (address == null) {
      throw new RucheException(
          "DEPLOYMENT_INCOMPLETE",
          "the receipt of %s, which creates %s, is gone.".formatted(outcome.hash(), name),
          "Run `ruche up` again; it goes on where it stopped.",
          true);
    }
    return known.with(name, address, outcome.blockNumber());
  }

  private AbiEncoder arguments(String name, Map<String, Address> known) {
    var none = new AbiEncoder();
    return switch (name) {
      case "Ruc" -> none.address(sender.address());
      case "AppRegistry", "DatasetRegistry", "WorkerpoolRegistry" -> none.address(Address.ZERO);
      case "HubViews" ->
        none.address(address(known, "Ruc"))
            .address(address(known, "AppRegistry"))
            .address(address(known, "DatasetRegistry"))
            .address(address(known, "WorkerpoolRegistry"));
      case "HubDesk" -> none.address(address(known, "HubViews")).address(Address.ZERO);
      case "Hub" ->
        none.address(address(known, "HubDesk"))
            .address(sender.address())
            .tuples(CATEGORIES, Deployment::encoded);
      default -> throw new IllegalArgumentException("no such contract: " + name);
    };
  }

  private static Address address(Map<String, Address> known, String name) {
    return Objects.requireNonNull(known.get(name), name);
  }

  private static AbiEncoder encoded(Category category) {
    return new AbiEncoder()
        .text(category.name())
        .text(category.description())
        .uint(category.referenceTime().toSeconds());
  }

  private static Category category(long id, String name, long seconds) {
    return new Category(
        id, name, "up to %d s of run time".formatted(seconds), Duration.ofSeconds(seconds));
  }
}
