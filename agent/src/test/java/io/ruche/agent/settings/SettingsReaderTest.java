package io.ruche.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.wallet.Secret;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sandbox.oci.ContainerSettings.Choice;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import io.ruche.worker.availability.Condition;
import io.ruche.worker.availability.Rule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final Address HUB = new Address("0x" + "aa".repeat(20));
  private static final Address POOL = new Address("0x" + "90".repeat(20));
  private static final List<String> REQUIRED = List.of(
      "--pool",
      "http://pool",
      "--rpc=http://node",
      "--chain-id",
      "65535",
      "--hub",
      HUB.hex(),
      "--keystore",
      "key.json",
      "--home",
      "/w");

  private static final Address ACCOUNT = new Address("0x" + "cc".repeat(20));

  @TempDir
  Path folder;

  @Test
  void defaults() {
    var settings = SettingsReader.read(REQUIRED, Map.of("RUCHE_PASSWORD", "secret"));

    assertThat(settings)
        .isEqualTo(new AgentSettings(
            URI.create("http://pool"),
            URI.create("http://node"),
            65535,
            HUB,
            Address.ZERO,
            Address.ZERO,
            Path.of("key.json"),
            Secret.of("secret"),
            Path.of("/w"),
            Runtime.getRuntime().availableProcessors(),
            512,
            4096,
            2048,
            256,
            List.of(),
            Bubblewrap.WHERE_POSSIBLE,
            Choice.WHERE_POSSIBLE,
            EngineSettings.wherePossible(Path.of("/w/engines")),
            false,
            false,
            false,
            List.of(),
            new AvailabilitySettings(
                Rule.ALWAYS,
                Duration.ofMinutes(10),
                Path.of("/sys/class/power_supply"),
                Path.of("/sys/class/thermal"),
                "",
                0)));
  }

  @Test
  void everyKeyIsMapped() throws IOException {
    var password = Files.writeString(folder.resolve("password"), "secret\n");
    var file = Files.writeString(
        folder.resolve("worker.json"), """
        {"pool": "https://p:1", "rpc": "https://r:2", "chainId": 7, "hub": "%s",
         "workerpool": "%s", "account": "%s", "keystore": "k", "passwordFile": "%s", "home": "/h", "slots": 3,
         "memoryMiB": 64, "cacheMiB": 65, "maxFetchMiB": 66, "minFreeMiB": 67,
         "ipfsGateways": "http://a, http://b", "bubblewrap": "never",
         "containers": "podman", "wasmEngine": "chicory", "wasmtimeLibrary": "/l.so",
         "allowPrivateAddresses": true, "allowFileUrls": "true", "allowNetwork": true,
         "groups": "lab, mains-only",
         "availability": "mains",
         "availabilityGrace": "90s", "powerSupplies": "/p", "thermalZones": "/t",
         "surplusMeter": "http://meter", "powerWatts": 60}
        """.formatted(HUB, POOL, ACCOUNT, password));

    assertThat(SettingsReader.read(List.of("--settings", file.toString()), Map.of()))
        .isEqualTo(new AgentSettings(
            URI.create("https://p:1"),
            URI.create("https://r:2"),
            7,
            HUB,
            POOL,
            ACCOUNT,
            Path.of("k"),
            Secret.of("secret"),
            Path.of("/h"),
            3,
            64,
            65,
            66,
            67,
            List.of(URI.create("http://a"), URI.create("http://b")),
            Bubblewrap.NEVER,
            Choice.PODMAN,
            EngineSettings.wherePossible(Path.of("/h/engines"))
                .withChoice(EngineSettings.Choice.CHICORY)
                .withLibrary(Path.of("/l.so")),
            true,
            true,
            true,
            List.of("lab", "mains-only"),
            new AvailabilitySettings(
                new Rule(List.of(new Condition.Mains())),
                Duration.ofSeconds(90),
                Path.of("/p"),
                Path.of("/t"),
                "http://meter",
                60)));
  }

  @Test
  void flagsWinOverVariablesAndVariablesOverTheFile() throws IOException {
    var file = Files.writeString(
        folder.resolve("worker.json"), "{\"slots\": 1, \"memoryMiB\": 1, \"cacheMiB\": 1}");
    var arguments = new ArrayList<>(REQUIRED);
    arguments.addAll(List.of("--slots", "3", "--settings", file.toString()));

    var settings = SettingsReader.read(
        arguments, Map.of("RUCHE_WORKER_SLOTS", "2", "RUCHE_WORKER_MEMORY_MIB", "2"));

    assertThat(settings.slots()).isEqualTo(3);
    assertThat(settings.memoryMiB()).isEqualTo(2);
    assertThat(settings.cacheMiB()).isEqualTo(1);
  }

  @Test
  void allProblemsAreReportedTogetherAndUnknownNamesRefused() throws IOException {
    var file = Files.writeString(folder.resolve("worker.json"), "{\"slotz\": 1}");
    var arguments = List.of(
        "--pool",
        "ftp://x",
        "--rpc",
        "http://r",
        "--hub",
        "0x12",
        "--slots",
        "many",
        "--colour",
        "--allow-file-urls=perhaps",
        "--availability=moonlight; idle soon",
        "--availability-grace=soon",
        "--settings",
        file.toString(),
        "--home");

    assertThatThrownBy(() -> SettingsReader.read(arguments, Map.of("RUCHE_WORKER_SPEED", "fast")))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("SETTINGS_INVALID");
          assertThat(e.getMessage())
              .contains("expected an http(s) origin for --pool, found 'ftp://x'")
              .contains("expected an address for --hub, found '0x12'")
              .contains("expected a number from 0 to 128 for --slots, found 'many'")
              .contains("expected true or false for --allow-file-urls, found 'perhaps'")
              .contains("--availability: unknown word 'moonlight'")
              .contains("--availability: expected a time such as 90s, 10m or 2h after idle")
              .contains("expected a time such as 90s, 10m or 2h for --availability-grace")
              .contains("unknown flag --colour")
              .contains("unknown key slotz")
              .contains("unknown variable RUCHE_WORKER_SPEED")
              .contains("--home needs a value")
              .contains("--chain-id is not set")
              .contains("--keystore is not set");
        });
  }

  @Test
  void secretsAreNotShown() {
    var settings = SettingsReader.read(REQUIRED, Map.of("RUCHE_PASSWORD", "hunter2"));

    assertThat(settings.toString()).doesNotContain("hunter2");
  }
}
