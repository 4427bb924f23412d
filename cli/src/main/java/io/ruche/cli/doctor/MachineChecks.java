package io.ruche.cli.doctor;

import io.ruche.chain.dev.AnvilBinary;
import io.ruche.chain.dev.Artifacts;
import io.ruche.cli.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What can be seen on this machine, whatever the home. */
final class MachineChecks {
  private static final int MIN_JAVA = 25;
  private static final int MIN_NODE = 20;
  private static final long MIN_AVAILABLE_MIB = 1_024;
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +([0-9]{1,15}) kB");
  private static final Pattern NODE_VERSION = Pattern.compile("v([0-9]{1,4})[.].*");

  private final Installation installation;

  MachineChecks(Installation installation) {
    this.installation = installation;
  }

  List<Finding> all() {
    if (Installation.isArchive()) {
      return List.of(java(), bubblewrap(), containers(), memory(memoryText()));
    }
    return List.of(
        java(),
        node(),
        anvil(),
        contracts(),
        bubblewrap(),
        containers(),
        memory(memoryText()),
        ports());
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    return version >= MIN_JAVA
        ? Finding.ok("JDK", Runtime.version().toString())
        : Finding.problem("JDK", String.valueOf(version), "Install a JDK 25 and set JAVA_HOME.");
  }

  private static Finding node() {
    var version = Tool.ask("node", "--version").orElse("none");
    var matcher = NODE_VERSION.matcher(version);
    boolean isEnough = matcher.matches() && Integer.parseInt(matcher.group(1)) >= MIN_NODE;
    return isEnough
        ? Finding.ok("Node.js", version)
        : Finding.advice(
            "Node.js", version, "Install Node.js 20 or newer; it builds the contracts.");
  }

  private Finding anvil() {
    return AnvilBinary.in(installation.contracts())
        .map(file -> Finding.ok("Anvil", String.valueOf(file.getFileName())))
        .orElseGet(() -> Finding.problem(
            "Anvil",
            "none for this platform",
            "Run `npm ci` in %s; `ruche up` needs it.".formatted(installation.contracts())));
  }

  private Finding contracts() {
    return new Artifacts(installation.contracts().resolve("out")).areBuilt()
        ? Finding.ok("contracts", "built")
        : Finding.problem(
            "contracts",
            "not built",
            "Run `npm run build` in %s.".formatted(installation.contracts()));
  }

  private static Finding bubblewrap() {
    var version = Tool.ask("bwrap", "--version");
    if (version.isEmpty()) {
      return Finding.advice(
          "bubblewrap",
          "none",
          "Install it (Debian: apt install bubblewrap): workers wrap strangers' apps in it.");
    }
    return Tool.ask("bwrap", "--ro-bind", "/", "/", "--unshare-all", "true").isPresent()
        ? Finding.ok("bubblewrap", version.get())
        : Finding.advice(
            "bubblewrap",
            "it cannot make namespaces",
            "Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1), so"
                + " that workers can wrap strangers' apps.");
  }

  private static Finding containers() {
    return Tool.ask("podman", "--version")
        .or(() -> Tool.ask("docker", "version", "--format", "docker {{.Server.Version}}"))
        .map(version -> Finding.ok("containers", version))
        .orElseGet(() -> Finding.advice(
            "containers", "none", "Install podman (Debian: apt install podman) to run images."));
  }

  private static String memoryText() {
    try {
      return Files.exists(MEMORY) ? Files.readString(MEMORY) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** From the kernel's table; another system says nothing, which is no finding against it. */
  static Finding memory(String table) {
    var matcher = AVAILABLE.matcher(table);
    if (!matcher.find()) {
      return Finding.ok("memory", "not told by this system");
    }
    long mebibytes = Long.parseLong(matcher.group(1)) >> 10;
    var found = "%d MiB available".formatted(mebibytes);
    return mebibytes >= MIN_AVAILABLE_MIB
        ? Finding.ok("memory", found)
        : Finding.advice(
            "memory",
            found,
            "`ruche up` with three workers takes about %d MiB: close something, or start fewer."
                .formatted(MIN_AVAILABLE_MIB));
  }

  private static Finding ports() {
    try (var _ = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok("ports", "loopback ports can be opened");
    } catch (IOException e) {
      return Finding.problem(
          "ports", e.toString(), "Allow this user to listen on 127.0.0.1; `ruche up` needs it.");
    }
  }
}
