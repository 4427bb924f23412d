package io.ruche.cli.node;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/**
 * How fast files are written for good: each round ends with a sync, and the last file is deleted.
 */
final class DiskSpeed {
  private static final int ROUND_BYTES = 8 << 20;
  private static final int ROUNDS = 5;

  private DiskSpeed() {}

  /** MiB a second, the median of some rounds. */
  static long measure(Path folder) {
    var bytes = new byte[ROUND_BYTES];
    // Zeros would be too easy for disks that compress.
    new Random(ROUND_BYTES).nextBytes(bytes);
    try {
      var file = Files.createTempFile(folder, "measure-", ".part");
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        var speeds = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          speeds[i] = round(channel, ByteBuffer.wrap(bytes));
        }
        Arrays.sort(speeds);
        return speeds[ROUNDS / 2];
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot write to the disk of %s: %s.".formatted(folder, e),
          "Free some space, or choose another home with --home.",
          false,
          e);
    }
  }

  private static long round(FileChannel channel, ByteBuffer bytes) throws IOException {
    long start = System.nanoTime();
    channel.position(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
    return Math.round((ROUND_BYTES >> 20) / seconds);
  }
}
