package io.ruche.chain.dev;

import io.ruche.chain.wallet.DevelopmentKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How Anvil runs.
 *
 * @param folder holds its state and log
 * @param port on loopback; 0 picks a free one
 * @param saveInterval what a killed chain may lose; it saves when stopped gently
 * @param keepsHistory whether old states are kept, which simulated reorgs need and memory pays for
 */
public record DevChainSettings(
    Path anvil,
    Path folder,
    int port,
    Duration blockTime,
    Duration saveInterval,
    boolean keepsHistory) {
  public static final long CHAIN_ID = 65_535;
  private static final long GAS_LIMIT = 1_000_000_000;

  public static DevChainSettings of(Path anvil, Path folder) {
    return new DevChainSettings(
        anvil, folder, 0, Duration.ofMillis(100), Duration.ofSeconds(5), false);
  }

  public DevChainSettings withPort(int value) {
    return new DevChainSettings(anvil, folder, value, blockTime, saveInterval, keepsHistory);
  }

  public DevChainSettings withSaveInterval(Duration value) {
    return new DevChainSettings(anvil, folder, port, blockTime, value, keepsHistory);
  }

  public DevChainSettings withHistory() {
    return new DevChainSettings(anvil, folder, port, blockTime, saveInterval, true);
  }

  public Path stateFile() {
    return folder.resolve("state.json");
  }

  public Path logFile() {
    return folder.resolve("anvil.log");
  }

  /** The command line; {@code port} must be chosen by now. */
  public List<String> command() {
    var command = new ArrayList<>(List.of(
        anvil.toString(),
        "--host",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--chain-id",
        String.valueOf(CHAIN_ID),
        "--block-time",
        String.valueOf(blockTime.toMillis() / 1000.0),
        "--gas-limit",
        String.valueOf(GAS_LIMIT),
        "--mnemonic",
        DevelopmentKeys.MNEMONIC.reveal(),
        "--accounts",
        "20",
        "--state",
        stateFile().toString(),
        "--state-interval",
        String.valueOf(Math.max(1, saveInterval.toSeconds())),
        "--quiet"));
    if (!keepsHistory) {
      command.add("--prune-history");
    }
    return command;
  }
}
