package io.ruche.sandbox.oci;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The engine's folder in the worker's home. Short names: sockets lie below it, whose paths are
 * short.
 */
record EngineHome(Path folder) {
  /** Podman refuses longer ones. */
  private static final int MAX_RUNTIME_CHARS = 50;

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  EngineHome {
    folder = folder.toAbsolutePath().normalize();
  }

  Path store() {
    return folder.resolve("store");
  }

  /** In the home where its path is short enough for podman, else a private folder elsewhere. */
  Path runtime() {
    var inside = folder.resolve("run");
    return inside.toString().length() <= MAX_RUNTIME_CHARS
        ? inside
        : Path.of("/tmp", "ruche-" + id());
  }

  Path downloads() {
    return folder.resolve("tmp");
  }

  Path pidFiles() {
    return folder.resolve("pids");
  }

  Path settings() {
    return folder.resolve("containers.conf");
  }

  Path registries() {
    return folder.resolve("registries.conf");
  }

  Path credentials() {
    return folder.resolve("auth.json");
  }

  /** By this label containers of another worker are told from ours. */
  String label() {
    return "ruche.home=" + id();
  }

  /** The same for the same folder, on every start. */
  String id() {
    try {
      var digest = MessageDigest.getInstance("SHA-256")
          .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes what is missing. What a run before the machine's last start left is of no use. */
  void prepare() throws IOException {
    Files.createDirectories(folder);
    var bootId = Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
    var seen = folder.resolve("boot-id");
    if (Files.exists(seen) && !Files.readString(seen).equals(bootId)) {
      delete(runtime());
    }
    Files.writeString(seen, bootId);
    requirePrivate(runtime());
    delete(downloads());
    delete(pidFiles());
    Files.createDirectories(downloads());
    Files.createDirectories(pidFiles());
    if (!Files.exists(credentials())) {
      Files.writeString(credentials(), "{}\n");
    }
    if (!Files.exists(registries())) {
      Files.writeString(registries(), "unqualified-search-registries = []\n");
    }
  }

  /** Another user of this machine may have made a folder of this name before us. */
  private void requirePrivate(Path made) throws IOException {
    if (!Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    var owner = Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    boolean isOurs = Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)
        && owner.equals(Files.getAttribute(folder, "unix:uid"));
    if (!isOurs) {
      throw new IOException("%s belongs to somebody else".formatted(made));
    }
  }

  /** Settings under which the named runtime is used; the empty name leaves it to the engine. */
  void write(String runtime) throws IOException {
    var text = new StringBuilder();
    text.append("# Written at the worker's start; changes are lost.\n");
    text.append("[containers]\ndefault_ulimits = []\n[engine]\nevents_logger = \"none\"\n");
    if (!runtime.isEmpty()) {
      text.append("runtime = \"").append(runtime).append("\"\n");
    }
    Files.writeString(settings(), text);
  }

  /** The runtime of the settings that were written last. */
  Optional<String> lastRuntime() throws IOException {
    if (!Files.exists(settings())) {
      return Optional.empty();
    }
    return Files.readAllLines(settings()).stream()
        .filter(line -> line.startsWith("runtime = "))
        .map(line -> line.substring(line.indexOf('"') + 1, line.length() - 1))
        .findFirst();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
