package io.ruche.chain.wallet;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The key files of a home, one per named wallet, readable by their owner only. */
public final class WalletFolder {
  private static final String SUFFIX = ".json";
  private static final String NAME_RULE = "[a-z0-9][a-z0-9-]{0,63}";
  private static final int MAX_KEY_FILE_BYTES = 65_536;

  private final Path folder;

  public WalletFolder(Path folder) {
    this.folder = folder;
  }

  /** Names in alphabetical order. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  public boolean has(String name) {
    return Files.exists(fileOf(name));
  }

  /** Writes a new key file, synced to disk; a name that exists is refused, never replaced. */
  public void save(String name, Wallet wallet, Secret password, Keystore.Cost cost) {
    var file = fileOf(name);
    if (Files.exists(file)) {
      throw new RucheException(
          "WALLET_EXISTS",
          "a wallet named %s exists already.".formatted(name),
          "Choose another name.",
          false);
    }
    try {
      Files.createDirectories(folder);
      var draft = Files.createTempFile(folder, name, ".draft", OwnerOnly.in(folder));
      Files.writeString(draft, Keystore.encrypt(wallet, password, cost));
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  public Wallet open(String name, Secret password) {
    var file = fileOf(name);
    if (!Files.exists(file)) {
      throw new RucheException(
          "WALLET_UNKNOWN",
          "no wallet is named %s; known are: %s.".formatted(name, String.join(", ", names())),
          "Create it with `ruche wallet create %s`.".formatted(name),
          false);
    }
    try {
      if (Files.size(file) > MAX_KEY_FILE_BYTES) {
        throw new IOException("it is larger than 64 KiB");
      }
      return Keystore.open(Files.readString(file, StandardCharsets.UTF_8), password);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private Path fileOf(String name) {
    if (!name.matches(NAME_RULE)) {
      throw new RucheException(
          "WALLET_NAME",
          "expected a wallet name of small letters, digits and hyphens, found: %s.".formatted(name),
          "",
          false);
    }
    return folder.resolve(name + SUFFIX);
  }

  private static RucheException unusable(Path path, IOException e) {
    return new RucheException(
        "WALLET_STORE",
        "the wallet file %s cannot be used: %s.".formatted(path, e.getMessage()),
        "Check the folder's permissions and free space.",
        false,
        e);
  }
}
