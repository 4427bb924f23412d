package io.ruche.chain.dev;

import io.ruche.core.RucheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where Anvil is: the npm package of this platform in the contracts folder. */
public final class AnvilBinary {
  private AnvilBinary() {}

  /** The binary under {@code contracts/node_modules}, if it was installed. */
  public static Optional<Path> in(Path contractsFolder) {
    var file = contractsFolder
        .resolve("node_modules/@foundry-rs/anvil-" + platform())
        .resolve("bin/anvil");
    return Files.isExecutable(file) ? Optional.of(file) : Optional.empty();
  }

  public static Path require(Path contractsFolder) {
    return in(contractsFolder)
        .orElseThrow(() -> new RucheException(
            "ANVIL_MISSING",
            "no Anvil for %s under %s.".formatted(platform(), contractsFolder),
            "Run `npm ci` in that folder.",
            false));
  }

  private static String platform() {
    var os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var arch = System.getProperty("os.arch", "");
    return (os.contains("mac") ? "darwin" : "linux")
        + (arch.equals("aarch64") ? "-arm64" : "-amd64");
  }
}
