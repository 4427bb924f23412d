package io.ruche.sandbox.oci;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What differs between the command lines of podman and docker. */
sealed interface ContainerEngine permits Podman, Docker {
  String name();

  /** The program with what every call of it begins with. */
  List<String> program();

  /** All variables that the engine gets. */
  Map<String, String> environment();

  /** Arguments whose answer {@link #powers} reads. */
  List<String> info();

  /**
   * What the engine says about itself.
   *
   * @throws IllegalArgumentException when that is not understood
   */
  EnginePowers powers(String info);

  /** Flags of {@code run} beyond those that both know. */
  List<String> runFlags(Path pidFile);

  /** Flags by which files of the container's user belong to this process's user. */
  List<String> ownUserFlags();

  /** Flags that hand over all GPUs. */
  List<String> gpuFlags();

  /** Kills a container at once and removes it. */
  List<String> removal(String container);

  /** Flags of {@code pull}. */
  List<String> pullFlags();

  /** Whether our images lie among those of the machine's owner. */
  boolean hasSharedImages();

  /** Whether folders that an image declares as volumes would lie on the machine's disk. */
  boolean hasImageVolumes();

  /** What both have in common of a caller's environment. */
  static void copy(List<String> names, Map<String, String> from, Map<String, String> to) {
    for (var name : names) {
      var value = from.get(name);
      if (value != null) {
        to.put(name, value);
      }
    }
  }
}
