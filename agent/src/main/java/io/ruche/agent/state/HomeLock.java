package io.ruche.agent.state;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two workers from using one home; the system frees it when the process dies. */
public final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the home for this process, and creates it when it is missing. */
  public static HomeLock take(Path home) {
    try {
      Files.createDirectories(home);
      var channel = FileChannel.open(
          home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new HomeLock(channel);
        }
      } catch (OverlappingFileLockException e) {
        // The same answer as for another process.
      }
      channel.close();
      throw new RucheException(
          "HOME_IN_USE",
          "another worker uses the folder %s.".formatted(home),
          "Stop it, or give this one its own --home.",
          false);
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot use the folder %s: %s.".formatted(home, e),
          "Choose a --home on a local disk that you may write to.",
          false,
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing the lock file failed", e);
    }
  }
}
