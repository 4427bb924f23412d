package io.ruche.sandbox.oci;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Podman with a store and settings of its own: the owner's images, containers and settings are
 * neither used nor touched.
 */
record Podman(Path path, EngineHome home, Map<String, String> outside) implements ContainerEngine {
  /** Of the caller's environment the engine itself sees these; an app sees none. */
  private static final List<String> KEPT = List.of(
      "PATH",
      "HOME",
      "USER",
      "XDG_RUNTIME_DIR",
      "DBUS_SESSION_BUS_ADDRESS",
      "HTTP_PROXY",
      "HTTPS_PROXY",
      "NO_PROXY",
      "http_proxy",
      "https_proxy",
      "no_proxy");

  @Override
  public String name() {
    return "podman";
  }

  @Override
  public List<String> program() {
    return List.of(
        path.toString(),
        "--root",
        home.store().toString(),
        "--runroot",
        home.runtime().toString(),
        "--tmpdir",
        home.runtime().resolve("libpod").toString());
  }

  @Override
  public Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    ContainerEngine.copy(KEPT, outside, environment);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TMPDIR", home.downloads().toString());
    environment.put("CONTAINERS_CONF", home.settings().toString());
    environment.put("CONTAINERS_REGISTRIES_CONF", home.registries().toString());
    environment.put("REGISTRY_AUTH_FILE", home.credentials().toString());
    return environment;
  }

  @Override
  public List<String> info() {
    return List.of(
        "info",
        "--format",
        "{{.Version.Version}} {{.Host.CgroupsVersion}} {{.Host.Security.Rootless}}"
            + "{{range .Host.CgroupControllers}} {{.}}{{end}}");
  }

  @Override
  public EnginePowers powers(String info) {
    var words = List.of(info.strip().split(" +"));
    if (words.size() < 3) {
      throw new IllegalArgumentException("expected what podman info says, found: " + info);
    }
    boolean hasGroups = words.get(1).equals("v2") || words.get(2).equals("false");
    return EnginePowers.ofControllers(words.get(0), hasGroups, words.subList(3, words.size()));
  }

  @Override
  public List<String> runFlags(Path pidFile) {
    return List.of(
        "--pidfile",
        pidFile.toString(),
        "--read-only-tmpfs=false",
        "--image-volume=ignore",
        "--systemd=false",
        "--http-proxy=false",
        "--no-hosts");
  }

  @Override
  public List<String> ownUserFlags() {
    return List.of("--userns", "keep-id");
  }

  @Override
  public List<String> gpuFlags() {
    return List.of("--device", "nvidia.com/gpu=all");
  }

  @Override
  public List<String> removal(String container) {
    return List.of("rm", "-f", "-t", "0", "-v", container);
  }

  @Override
  public List<String> pullFlags() {
    return List.of("--quiet");
  }

  @Override
  public boolean hasSharedImages() {
    return false;
  }

  @Override
  public boolean hasImageVolumes() {
    return false;
  }
}
