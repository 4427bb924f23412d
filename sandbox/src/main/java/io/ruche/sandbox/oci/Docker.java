package io.ruche.sandbox.oci;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Docker, whose daemon keeps the images of all users; ours carry names and labels of our own. */
record Docker(Path path, EngineHome home, Map<String, String> outside) implements ContainerEngine {
  private static final List<String> KEPT =
      List.of("PATH", "HOME", "XDG_RUNTIME_DIR", "DOCKER_HOST", "DOCKER_TLS_VERIFY");

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public List<String> program() {
    return List.of(path.toString());
  }

  /** With a folder of settings of its own, so that no proxy or credential reaches an app. */
  @Override
  public Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    ContainerEngine.copy(KEPT, outside, environment);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("DOCKER_CONFIG", home.folder().toString());
    return environment;
  }

  @Override
  public List<String> info() {
    return List.of(
        "info",
        "--format",
        "{{.ServerVersion}} {{.MemoryLimit}} {{.PidsLimit}} {{.CPUCfsQuota}} {{.CgroupDriver}}");
  }

  @Override
  public EnginePowers powers(String info) {
    var words = List.of(info.strip().split(" +"));
    if (words.size() != 5) {
      throw new IllegalArgumentException("expected what docker info says, found: " + info);
    }
    return new EnginePowers(
        words.get(0),
        words.get(1).equals("true"),
        words.get(2).equals("true"),
        words.get(3).equals("true"),
        !words.get(4).equals("none"));
  }

  @Override
  public List<String> runFlags(Path pidFile) {
    return List.of();
  }

  @Override
  public List<String> ownUserFlags() {
    return List.of();
  }

  @Override
  public List<String> gpuFlags() {
    return List.of("--gpus", "all");
  }

  @Override
  public List<String> removal(String container) {
    return List.of("rm", "-f", "-v", container);
  }

  @Override
  public List<String> pullFlags() {
    return List.of("--quiet");
  }

  @Override
  public boolean hasSharedImages() {
    return true;
  }

  @Override
  public boolean hasImageVolumes() {
    return true;
  }
}
