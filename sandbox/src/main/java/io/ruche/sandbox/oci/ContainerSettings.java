package io.ruche.sandbox.oci;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How containers are run.
 *
 * @param home a folder of its own: settings, credentials and images of the engine
 * @param runs most containers at the same time
 * @param cpus processors that one run may keep busy
 * @param pullTime longest time to bring or to load an image
 * @param maxImageMiB disk space that bringing one image may take
 * @param keptImages images kept when no run uses them
 * @param mayReach whether a registry on this host may be asked for images
 */
public record ContainerSettings(
    Path home,
    Choice choice,
    int runs,
    int cpus,
    Duration pullTime,
    int maxImageMiB,
    int keptImages,
    Predicate<String> mayReach) {
  /** Which engine is used. */
  public enum Choice {
    /** Podman when it works, else docker. */
    WHERE_POSSIBLE,
    PODMAN,
    DOCKER,
    NEVER
  }

  public ContainerSettings {
    home = home.toAbsolutePath().normalize();
    if (runs < 1 || cpus < 1 || maxImageMiB < 1 || keptImages < 1) {
      throw new IllegalArgumentException("expected at least 1 run, processor, MiB and image");
    }
  }

  /** One run at a time on one processor, images of up to 8 GiB from any registry. */
  public static ContainerSettings of(Path home) {
    return new ContainerSettings(
        home, Choice.WHERE_POSSIBLE, 1, 1, Duration.ofMinutes(15), 8_192, 8, host -> true);
  }

  public ContainerSettings withChoice(Choice other) {
    return new ContainerSettings(
        home, other, runs, cpus, pullTime, maxImageMiB, keptImages, mayReach);
  }

  public ContainerSettings withRuns(int count) {
    return new ContainerSettings(
        home, choice, count, cpus, pullTime, maxImageMiB, keptImages, mayReach);
  }

  public ContainerSettings withCpus(int count) {
    return new ContainerSettings(
        home, choice, runs, count, pullTime, maxImageMiB, keptImages, mayReach);
  }

  public ContainerSettings withPullTime(Duration time) {
    return new ContainerSettings(home, choice, runs, cpus, time, maxImageMiB, keptImages, mayReach);
  }

  public ContainerSettings withMaxImageMiB(int mebibytes) {
    return new ContainerSettings(
        home, choice, runs, cpus, pullTime, mebibytes, keptImages, mayReach);
  }

  public ContainerSettings withKeptImages(int count) {
    return new ContainerSettings(home, choice, runs, cpus, pullTime, maxImageMiB, count, mayReach);
  }

  public ContainerSettings withMayReach(Predicate<String> other) {
    return new ContainerSettings(
        home, choice, runs, cpus, pullTime, maxImageMiB, keptImages, other);
  }
}
