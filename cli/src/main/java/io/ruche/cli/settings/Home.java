package io.ruche.cli.settings;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything Ruche keeps on this machine; only its owner may read it. */
public record Home(Path folder) {
  public Path wallets() {
    return folder.resolve("wallets");
  }

  public Path networkFile() {
    return folder.resolve("network.json");
  }

  public Path settingsFile() {
    return folder.resolve("settings.json");
  }

  /** Password of the development wallets; their keys are public knowledge. */
  public Path developmentPassword() {
    return folder.resolve("development.password");
  }

  public Path run() {
    return folder.resolve("run");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  public Path chain() {
    return folder.resolve("chain");
  }

  public Path pool() {
    return folder.resolve("pool");
  }

  /** State of a pool that was started by hand. */
  public Path poolOf(Address workerpool) {
    return folder.resolve("pools").resolve(workerpool.hex());
  }

  /** What was put on a chain from here. */
  public Path deployment(long chainId) {
    return folder.resolve("deployments").resolve(Long.toString(chainId));
  }

  /** Groups that were created from here on a chain. */
  public Path groups(long chainId) {
    return folder.resolve("groups").resolve(Long.toString(chainId));
  }

  public Path worker(int number) {
    return folder.resolve("workers").resolve(Integer.toString(number));
  }

  /** Runs that were begun, so that a killed {@code ruche run} is found again. */
  public Path runs() {
    return folder.resolve("runs");
  }

  /** Creates a folder of the home, with those above it. */
  public Path ensure(Path inside) {
    try {
      return Files.createDirectories(inside);
    } catch (IOException e) {
      throw uncreatable(inside, e);
    }
  }

  private static RucheException uncreatable(Path folder, IOException cause) {
    return new RucheException(
        "HOME_UNUSABLE",
        "cannot create the folder %s: %s".formatted(folder, cause),
        "Free some space, or choose another home with --home or RUCHE_HOME.",
        false,
        cause);
  }

  public Home create() {
    try {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return this;
    } catch (IOException e) {
      throw uncreatable(folder, e);
    }
  }

  /**
   * Keeps other calls from changing the same home until it is closed; the system frees it when we
   * die.
   */
  public Lock lock() {
    create();
    FileChannel channel = null;
    try {
      channel = FileChannel.open(
          folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = channel.tryLock();
      if (lock != null) {
        return new Lock(channel, lock);
      }
      channel.close();
      throw new RucheException(
          "HOME_BUSY",
          "another ruche is starting or stopping processes of " + folder,
          "Wait for it to end, then try again.",
          true);
    } catch (IOException e) {
      throw unlockable(channel, e);
    }
  }

  private RucheException unlockable(@Nullable FileChannel channel, IOException cause) {
    try (channel) {
      return new RucheException(
          "HOME_UNUSABLE",
          "cannot lock the home folder %s: %s".formatted(folder, cause),
          "Choose a home on a local disk that you may write to.",
          false,
          cause);
    } catch (IOException e) {
      cause.addSuppressed(e);
      throw new IllegalStateException(cause);
    }
  }

  /** Held while processes are started or stopped. */
  public record Lock(FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new IllegalStateException("closing a lock file failed", e);
      }
    }
  }
}
