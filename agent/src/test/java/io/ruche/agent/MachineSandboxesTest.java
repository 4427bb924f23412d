package io.ruche.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.settings.SettingsReader;
import io.ruche.core.AppType;
import io.ruche.sandbox.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineSandboxesTest {
  private static final int WAIT_SECONDS = 60;

  @TempDir
  Path home;

  @Test
  void wasmRunsAtOnceAndImagesWhenTheEngineWasTriedOut() throws Exception {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "podman is not installed");
    }
    try (var machine = MachineSandboxes.start(settings("podman"), new AgentLog())) {
      var found = new CountDownLatch(1);
      machine.sandboxes().whenAdded(found::countDown);

      assertThat(machine.sandboxes().byType()).containsKey(AppType.WASM);
      if (machine.sandboxes().find(AppType.DOCKER).isEmpty()) {
        assertThat(found.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(machine.sandboxes().find(AppType.DOCKER))
          .hasValueSatisfying(
              sandbox -> assertThat(sandbox.isolation().toString()).startsWith("podman "));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OperatingSystem.class,
      names = {"MAC", "WINDOWS", "OTHER"})
  void onOtherSystemsWasmIsAllAndNothingElseIsLookedFor(OperatingSystem system) throws Exception {
    try (var machine = MachineSandboxes.start(settings("where-possible"), system, new AgentLog())) {
      assertThat(machine.searchedFor()).isEmpty();
      assertThat(machine.sandboxes().byType()).containsOnlyKeys(AppType.WASM);
    }
  }

  private AgentSettings settings(String containers) {
    var arguments = List.of(
        "--pool=http://127.0.0.1:1",
        "--rpc=http://127.0.0.1:1",
        "--chain-id=65535",
        "--hub=" + Fixtures.HUB,
        "--keystore=unused",
        "--home=" + home,
        "--slots=1",
        "--bubblewrap=never",
        "--containers=" + containers);
    return SettingsReader.read(arguments, Map.of());
  }
}
