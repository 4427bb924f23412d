package io.ruche.sandbox.nativeapp;

import io.ruche.sandbox.gpu.Gpus;
import java.nio.file.Path;

/**
 * How native programs are run.
 *
 * @param scratch folder of the sandbox's own, emptied at the start; on a disk, one per worker
 * @param slots most runs at the same time
 * @param maxMemoryMiB most memory that a run may be granted
 * @param minFreeBytes a run is stopped when the disk of its output has less left
 * @param gpus what runs get that ask for a GPU
 */
public record NativeSettings(
    Path scratch, int slots, int maxMemoryMiB, long minFreeBytes, Gpus gpus) {
  public NativeSettings {
    scratch = scratch.toAbsolutePath().normalize();
    if (slots < 1 || maxMemoryMiB < 1 || minFreeBytes < 0) {
      throw new IllegalArgumentException(
          "expected at least 1 slot, 1 MiB and 0 bytes, found %d, %d and %d"
              .formatted(slots, maxMemoryMiB, minFreeBytes));
    }
  }

  /** No GPU, no floor for the disk. */
  public static NativeSettings of(Path scratch, int slots, int maxMemoryMiB) {
    return new NativeSettings(scratch, slots, maxMemoryMiB, 0, Gpus.NONE);
  }

  public NativeSettings withGpus(Gpus found) {
    return new NativeSettings(scratch, slots, maxMemoryMiB, minFreeBytes, found);
  }

  public NativeSettings withMinFreeBytes(long bytes) {
    return new NativeSettings(scratch, slots, maxMemoryMiB, bytes, gpus);
  }
}
