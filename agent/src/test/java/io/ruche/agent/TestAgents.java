package io.ruche.agent;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.agent.task.ResultDigester;
import io.ruche.chain.wallet.Secret;
import io.ruche.core.Address;
import io.ruche.core.AppType;
import io.ruche.link.LinkPace;
import io.ruche.sandbox.Sandboxes;
import io.ruche.sandbox.oci.ContainerSettings.Choice;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import io.ruche.worker.availability.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workers of a fake pool. */
final class TestAgents {
  static final AvailabilitySettings ALWAYS = new AvailabilitySettings(
      Rule.ALWAYS, Duration.ofMinutes(10), Path.of("none"), Path.of("none"), "", 0);
  private static final LinkPace PACE =
      new LinkPace(Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(50), 3);

  private TestAgents() {}

  static AgentSettings settings(FakePool pool, Path home, AvailabilitySettings availability) {
    return settings(pool, home, availability, 1);
  }

  static AgentSettings settings(
      FakePool pool, Path home, AvailabilitySettings availability, int minFreeMiB) {
    return new AgentSettings(
        pool.origin(),
        pool.origin(),
        65535,
        Fixtures.HUB,
        Fixtures.POOL,
        Address.ZERO,
        Path.of("unused"),
        Secret.of(""),
        home,
        2,
        512,
        64,
        16,
        minFreeMiB,
        List.of(),
        Bubblewrap.NEVER,
        Choice.NEVER,
        EngineSettings.CHICORY,
        true,
        false,
        false,
        List.of(),
        availability);
  }

  static Agent.Parts parts(FakeChain chain, FakeSandbox sandbox, InstantSource clock) {
    return new Agent.Parts(
        Fixtures.WORKER,
        chain,
        new Sandboxes(Map.of(AppType.WASM, sandbox)),
        Optional::empty,
        ResultDigester.standard(),
        PACE,
        clock,
        () -> {
          throw new AssertionError("the engine broke an invariant");
        });
  }
}
