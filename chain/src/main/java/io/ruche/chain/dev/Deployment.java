package io.ruche.chain.dev;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.RucheException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Puts the token, the registries and the hub on a chain, once. Each address is recorded as soon as
 * it is known, and what was sent is found again in the sender's outbox, so a deployment that was
 * cut off goes on where it stopped; code that a killed dev chain lost is put back.
 */
public final class Deployment {
  private static final Duration DEV_STEP_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(10);

  /** HubTimelock.MIN_DELAY_SECONDS. */
  private static final Duration GOVERNANCE_DELAY = Duration.ofDays(7);

  private static final String TOKEN = "Ruc";
  private static final String TIMELOCK = "HubTimelock";

  /** The hub's usual categories, and a last, short one for trying deadlines out. */
  public static final List<Category> CATEGORIES = List.of(
      category(0, "XS", 300),
      category(1, "S", 1_200),
      category(2, "M", 3_600),
      category(3, "L", 10_800),
      category(4, "XL", 36_000),
      category(5, "XXS", 5));

  /** In the order of creation; each needs only earlier ones. */
  private static final List<String> DEV_STEPS = List.of(
      TOKEN, "AppRegistry", "DatasetRegistry", "WorkerpoolRegistry", "HubViews", "HubDesk", "Hub");

  private static final List<String> PUBLIC_STEPS = List.of(
      TOKEN,
      "AppRegistry",
      "DatasetRegistry",
      "WorkerpoolRegistry",
      "HubViews",
      "HubDesk",
      TIMELOCK,
      "Hub");

  private final Rpc rpc;
  private final TransactionSender sender;
  private final Artifacts artifacts;
  private final Path networkFile;
  private final boolean isPublic;
  private final Consumer<String> progress;
  private final List<String> steps;

  private Deployment(
      Rpc rpc,
      TransactionSender sender,
      Artifacts artifacts,
      Path networkFile,
      boolean isPublic,
      Consumer<String> progress) {
    this.rpc = rpc;
    this.sender = sender;
    this.artifacts = artifacts;
    this.networkFile = networkFile;
    this.isPublic = isPublic;
    this.progress = progress;
    this.steps = isPublic ? PUBLIC_STEPS : DEV_STEPS;
  }

  /** The sender becomes the owner of the hub and the faucet of the token. */
  public static Deployment development(
      Rpc rpc, TransactionSender sender, Artifacts artifacts, Path networkFile) {
    return new Deployment(rpc, sender, artifacts, networkFile, false, step -> {});
  }

  /**
   * The hub is owned by a timelock: the sender announces, and after seven days anybody carries out.
   * The sender owns the token's faucet, if the token is not there already.
   *
   * @param progress gets a line before each contract that is created
   */
  public static Deployment open(
      Rpc rpc,
      TransactionSender sender,
      Artifacts artifacts,
      Path networkFile,
      Consumer<String> progress) {
    return new Deployment(rpc, sender, artifacts, networkFile, true, progress);
  }

  /** Uses a token that is on the chain already. */
  public void useToken(Address token) {
    if (!rpc.hasCode(token)) {
      throw new RucheException(
          "TOKEN_UNKNOWN",
          "expected a token contract at %s, found no code.".formatted(token),
          "Check --token and --rpc.",
          false);
    }
    var recorded = kept(URI.create(rpc.endpoint())).contracts().get(TOKEN);
    if (recorded != null && !recorded.equals(token)) {
      throw new RucheException(
          "TOKEN_DIFFERS",
          "this deployment began with token %s, found --token %s.".formatted(recorded, token),
          "Go on with that token, or delete the folder %s to begin anew."
              .formatted(networkFile.getParent()),
          false);
    }
    if (recorded == null) {
      new DeployedContracts(rpc.chainId(), URI.create(rpc.endpoint()), 0, Map.of())
          .with(TOKEN, token, 0)
          .write(networkFile);
    }
  }

  /** Deploys what is missing, and records where everything is and how the chain is reached now. */
  public DeployedContracts run(URI endpoint) {
    var kept = kept(endpoint);
    for (var name : steps.subList(kept.contracts().size(), steps.size())) {
      progress.accept("creating %s".formatted(name));
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
    for (var name : steps) {
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

    var action = "deploy:%s:%s".formatted(name, Hex.encode(Keccak.hash(initCode)));
    var timeout = isPublic ? STEP_TIMEOUT : DEV_STEP_TIMEOUT;
    var outcome = sender.sendAndWait(action, Call.create(initCode), timeout);
    var receipt = rpc.receipts(List.of(outcome.hash())).getFirst();
    var address = receipt.map(Receipt::contract).orElse(null);
    if (address == null) {
      throw new RucheException(
          "DEPLOYMENT_INCOMPLETE",
          "the receipt of %s, which creates %s, is gone.".formatted(outcome.hash(), name),
          "Run the same command again; it goes on where it stopped.",
          true);
    }
    return known.with(name, address, outcome.blockNumber());
  }

  private AbiEncoder arguments(String name, Map<String, Address> known) {
    var none = new AbiEncoder();
    return switch (name) {
      case TOKEN -> none.address(sender.address());
      case "AppRegistry", "DatasetRegistry", "WorkerpoolRegistry" -> none.address(Address.ZERO);
      case "HubViews" ->
        none.address(address(known, TOKEN))
            .address(address(known, "AppRegistry"))
            .address(address(known, "DatasetRegistry"))
            .address(address(known, "WorkerpoolRegistry"));
      case "HubDesk" -> none.address(address(known, "HubViews")).address(Address.ZERO);
      case TIMELOCK ->
        none.uint(GOVERNANCE_DELAY.toSeconds())
            .words(List.of(sender.address()), Deployment::word)
            .words(List.of(Address.ZERO), Deployment::word);
      case "Hub" ->
        none.address(address(known, "HubDesk"))
            .address(isPublic ? address(known, TIMELOCK) : sender.address())
            .tuples(isPublic ? CATEGORIES.subList(0, 5) : CATEGORIES, Deployment::encoded);
      default -> throw new IllegalArgumentException("no such contract: " + name);
    };
  }

  private static Address address(Map<String, Address> known, String name) {
    return Objects.requireNonNull(known.get(name), name);
  }

  private static byte[] word(Address address) {
    return new AbiEncoder().address(address).toBytes();
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
