package io.ruche.chain.dev;

import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real Anvil for a test, with what is needed to talk to it. */
public final class AnvilFixture implements AutoCloseable {
  private static final Path CONTRACTS =
      Path.of("..", "contracts").toAbsolutePath().normalize();

  public final DevChainSettings settings;
  public DevChain chain;
  public final Rpc rpc;
  public final BlockFeed feed;

  private AnvilFixture(DevChainSettings settings) {
    this.settings = settings;
    this.chain = DevChain.start(settings);
    this.rpc = Rpc.open(chain.rpc().toString());
    this.feed = BlockFeed.start(rpc, Duration.ofMillis(30));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** The test is skipped, saying so, where Anvil is not installed and nothing requires it. */
  public static AnvilFixture start(Path folder) {
    return start(settings(folder));
  }

  public static AnvilFixture start(DevChainSettings settings) {
    return new AnvilFixture(settings);
  }

  public static DevChainSettings settings(Path folder) {
    return DevChainSettings.of(binary(), folder);
  }

  private static Path binary() {
    if (System.getenv("RUCHE_REQUIRE_ALL") != null) {
      return AnvilBinary.require(CONTRACTS);
    }
    Optional<Path> found = AnvilBinary.in(CONTRACTS);
    if (found.isEmpty()) {
      System.out.println("SKIPPED: tests on a real chain, as Anvil is not installed (npm ci)");
    }
    Assumptions.assumeTrue(found.isPresent(), "Anvil is not installed");
    return found.get();
  }

  public static Artifacts artifacts() {
    var artifacts = new Artifacts(CONTRACTS.resolve("out"));
    if (System.getenv("RUCHE_REQUIRE_ALL") == null && !artifacts.areBuilt()) {
      System.out.println("SKIPPED: tests on the hub, as the contracts are not built");
      Assumptions.abort("the contracts are not built");
    }
    return artifacts;
  }

  public SenderParts parts(Wallet wallet) {
    return SenderParts.of(
        rpc,
        feed,
        wallet,
        DevChainSettings.CHAIN_ID,
        SenderSettings.development().withResendAfter(Duration.ofMillis(300)));
  }

  public TransactionSender sender(int account) {
    return TransactionSender.start(parts(DevelopmentKeys.wallet(account)));
  }

  public Hub deploy(TransactionSender owner) {
    var contracts = Deployment.development(
            rpc, owner, artifacts(), settings.folder().resolve("network.json"))
        .run(chain.rpc());
    return Hub.open(rpc, contracts.hub(), DevChainSettings.CHAIN_ID);
  }

  /** Starts Anvil again on the same port after it was stopped or killed. */
  public void restart() {
    chain = DevChain.start(settings.withPort(chain.rpc().getPort()));
  }

  @Override
  public void close() {
    feed.close();
    rpc.close();
    if (chain.isRunning()) {
      chain.kill();
    }
  }
}
