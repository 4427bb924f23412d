package io.ruche.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.wallet.Secret;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Admission;
import io.ruche.scheduler.Certification;
import io.ruche.scheduler.selling.EnergyCost;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.data.DataSettings;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.metrics.MetricsAccess;
import io.ruche.server.settings.ServerSettings.Chain;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.server.settings.ServerSettings.PoolSettings;
import io.ruche.server.settings.ServerSettings.Selling;
import io.ruche.server.settings.ServerSettings.Timing;
import io.ruche.store.PostgresUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final String HUB = "0x" + "11".repeat(20);
  private static final String POOL = "0x" + "22".repeat(20);
  private static final List<String> LEAST =
      List.of("--home", "/h", "--rpc", "http://127.0.0.1:1", "--chain-id", "1", "--hub", HUB);

  @TempDir
  Path folder;

  @Test
  void defaults() {
    var settings = SettingsReader.read(LEAST, Map.of());

    assertThat(settings)
        .isEqualTo(new ServerSettings(
            Path.of("/h"),
            new Chain("http://127.0.0.1:1", 1, new Address(HUB), 0, ""),
            HttpSettings.defaults(),
            DataSettings.defaults(),
            null,
            null,
            null,
            new MetricsAccess.Closed()));
  }

  @Test
  void everyKeyIsMapped() throws Exception {
    var password = Files.writeString(folder.resolve("password"), "secret\n");
    var database = "jdbc:postgresql://db.example/ruche?user=pool";
    var token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    var flags = new ArrayList<>(LEAST);
    flags.addAll(List.of("""
        --from-block=7 --public-rpc https://node.example --host ::1 --port 8080 --ready-file /r --workerpool %s --wallet-file /w
        --password-file %s --certification AFTER_COMMIT --heartbeat-millis 100
        --worker-lost-millis 200 --reconnect-grace-millis 300 --failure-wait-millis 400
        --order-price 0.5 --pricing book --price-floor 0.1 --energy-price 0.3 --slot-watts 12
        --price-margin-percent 30 --undercut-percent 2 --price-step-percent 4
        --price-change-minutes 20 --order-categories 0,5 --order-trust 9 --order-volume 10
        --selling VOLUME --sell-percent 70 --close-after-millis 500
        --order-for-requester %s --order-for-app %s --order-for-dataset %s
        --worker-groups lab=%s+%s,home=%s --workers-allowed lab
        --workers-banned %s --apart-by-address true
        --publishing open --max-result-mib 1 --max-file-mib 2 --owner-quota-mib 3
        --total-quota-mib 4 --max-sessions 5 --writes-per-minute 6
        --database %s --database-password-file %s
        --metrics-token-file %s\
        """.formatted(
            POOL, password, HUB, POOL, HUB, HUB, POOL, POOL, HUB, database, password, token)
        .split("\\s+")));

    var settings = SettingsReader.read(flags, Map.of());

    long mib = 1 << 20;
    assertThat(settings)
        .isEqualTo(new ServerSettings(
            Path.of("/h"),
            new Chain("http://127.0.0.1:1", 1, new Address(HUB), 7, "https://node.example"),
            new HttpSettings("::1", 8080, 65_536, 4_096, 6),
            new DataSettings(mib, true, 2 * mib, 3 * mib, 4 * mib),
            new PostgresUrl(database, "secret"),
            Path.of("/r"),
            new PoolSettings(
                new Address(POOL),
                Path.of("/w"),
                "secret",
                new Timing(
                    Duration.ofMillis(100),
                    Duration.ofMillis(200),
                    Duration.ofMillis(300),
                    Duration.ofMillis(400)),
                Certification.AFTER_COMMIT,
                5,
                new Admission(
                    Map.of(
                        "lab",
                        Set.of(new Address(HUB), new Address(POOL)),
                        "home",
                        Set.of(new Address(POOL))),
                    Set.of(new Address(HUB), new Address(POOL)),
                    Set.of(new Address(HUB)),
                    true),
                offer()),
            new MetricsAccess.WithToken(Secret.of("0123456789abcdef"))));
    var given = String.join(" ", flags);
    assertThat(Arrays.stream(Key.values()).map(key -> "--" + key.text()))
        .as("keys this test forgot")
        .allMatch(given::contains);
  }

  private static Offer offer() {
    var clients = new Clients(new Address(POOL), new Address(HUB), new Address(HUB));
    return new Offer(
        new Pricing.FollowBook(
            TokenAmount.parse("0.5"),
            TokenAmount.parse("0.1"),
            new EnergyCost(TokenAmount.parse("0.3"), 12, 30),
            2,
            4,
            Duration.ofMinutes(20)),
        List.of(0L, 5L),
        9,
        10,
        clients,
        new Selling(true, 70, Duration.ofMillis(500)));
  }

  @Test
  void pricesThatCannotBeMeantAreRefused() {
    var pool = List.of("--workerpool", POOL, "--wallet-file", "/w");

    assertThat(problems(pool, "--pricing", "cheap"))
        .contains("expected fixed, energy or book for pricing, found: cheap");
    assertThat(problems(pool, "--order-price", "1", "--slot-watts", "9"))
        .contains("--slot-watts says nothing with pricing fixed");
    assertThat(problems(pool, "--pricing", "energy", "--order-price", "1", "--slot-watts", "9"))
        .contains("--order-price says nothing with pricing energy", "--energy-price is missing");
    assertThat(problems(pool, "--pricing", "book", "--order-price", "1"))
        .contains("pricing book needs a least price");
    assertThat(problems(pool, "--pricing", "book", "--order-price", "1", "--price-floor", "2"))
        .contains("expected a --price-floor up to the --order-price of 1, found: 2");
  }

  private static String problems(List<String> pool, String... flags) {
    var all = new ArrayList<>(LEAST);
    all.addAll(pool);
    all.addAll(List.of(flags));
    return SettingsReader.show(all, Map.of());
  }

  @Test
  void flagBeatsEnvironmentBeatsFile() throws Exception {
    var file = Files.writeString(
        folder.resolve("conf"), "# a comment\nport = 1\nhost = a\nfrom-block = 3\n");
    var flags = new ArrayList<>(LEAST);
    flags.addAll(List.of("--settings", file.toString(), "--port", "3"));

    var settings =
        SettingsReader.read(flags, Map.of("RUCHE_SERVER_PORT", "2", "RUCHE_SERVER_HOST", "b"));

    assertThat(settings.http().port()).isEqualTo(3);
    assertThat(settings.http().host()).isEqualTo("b");
    assertThat(settings.chain().fromBlock()).isEqualTo(3);
  }

  @Test
  void allProblemsAreReportedTogether() throws Exception {
    var file = Files.writeString(folder.resolve("conf"), "prot = 1\nnonsense\n");
    var flags = List.of(
        "--settings",
        file.toString(),
        "--chain-id",
        "x",
        "--hub",
        "0x12",
        "--colour",
        "red",
        "--port",
        "70000",
        "--home");

    assertThatThrownBy(() -> SettingsReader.read(flags, Map.of("RUCHE_SERVER_PROT", "1")))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("BAD_SETTINGS");
          assertThat(e)
              .hasMessageContaining("prot")
              .hasMessageContaining("nonsense")
              .hasMessageContaining("--chain-id")
              .hasMessageContaining("--hub")
              .hasMessageContaining("colour")
              .hasMessageContaining("70000")
              .hasMessageContaining("RUCHE_SERVER_PROT")
              .hasMessageContaining("--rpc is missing")
              .hasMessageContaining("no value is given for --home");
        });
  }

  @Test
  void passwordIsNotPrinted() {
    var flags = new ArrayList<>(LEAST);
    flags.addAll(List.of("--workerpool", POOL, "--wallet-file", "/w"));

    var settings = SettingsReader.read(flags, Map.of("RUCHE_SERVER_PASSWORD", "hunter2"));

    assertThat(settings.toString()).doesNotContain("hunter2");

    flags.addAll(List.of("--database", "jdbc:postgresql://db.example/ruche?user=pool"));
    var secret = Map.of("RUCHE_SERVER_DATABASE_PASSWORD", "hunter2");
    var withDatabase = SettingsReader.read(flags, secret);
    assertThat(withDatabase.database()).isNotNull();
    assertThat(withDatabase.database().password()).isEqualTo("hunter2");
    assertThat(withDatabase.toString()).doesNotContain("hunter2");
  }

  @Test
  void passwordInTheUrlIsRefusedAndNotRepeated() {
    var flags = new ArrayList<>(LEAST);
    flags.addAll(List.of("--database", "jdbc:postgresql://db.example/ruche?password=hunter2"));

    assertThatThrownBy(() -> SettingsReader.read(flags, Map.of()))
        .hasMessageContaining("--database")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void publishingIsOpenOnDevChainsOnly() {
    var dev = new ArrayList<>(LEAST);
    dev.set(5, "65535");

    assertThat(SettingsReader.read(LEAST, Map.of()).data().isPublishingOpen()).isFalse();
    assertThat(SettingsReader.read(dev, Map.of()).data().isPublishingOpen()).isTrue();
  }

  @Test
  void metricsAreOpenOnDevChainsOrWithATokenThatIsNoGuess() throws Exception {
    var dev = new ArrayList<>(LEAST);
    dev.set(5, "65535");
    var guess = Files.writeString(folder.resolve("guess"), "secret\n");
    var flags = new ArrayList<>(dev);
    flags.addAll(List.of("--metrics-token-file", guess.toString()));

    assertThat(SettingsReader.read(dev, Map.of()).metrics()).isEqualTo(new MetricsAccess.Open());
    assertThatThrownBy(() -> SettingsReader.read(flags, Map.of()))
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("secret");
  }

  @Test
  void everySettingIsShownWithItsOriginAndNoSecret() throws Exception {
    var file = Files.writeString(folder.resolve("conf"), "host = ::1\n");
    var flags = new ArrayList<>(LEAST);
    flags.set(3, "https://me:hunter2@node.example/v3/topsecret?key=topsecret");
    flags.addAll(List.of("--settings", file.toString(), "--prot", "1"));
    var environment = Map.of("RUCHE_SERVER_PORT", "8080", "RUCHE_SERVER_PASSWORD", "hunter2");

    var shown = SettingsReader.show(flags, environment);

    var lines = shown.lines().map(line -> line.replaceAll(" +", " ")).toList();
    assertThat(lines)
        .contains(
            "rpc https://***@node.example/*** flag --rpc",
            "port 8080 variable RUCHE_SERVER_PORT",
            "host ::1 file " + file,
            "max-sessions 2000 default",
            "password *** variable RUCHE_SERVER_PASSWORD",
            "problem: unknown flag --prot");
    assertThat(lines).hasSize(Key.values().length + 2);
    assertThat(shown).doesNotContain("hunter2").doesNotContain("topsecret");
  }

  @Test
  void aLogFormatThatIsNoneIsRefused() {
    assertThat(SettingsReader.read(LEAST, Map.of("RUCHE_LOG_FORMAT", "json"))).isNotNull();
    assertThatThrownBy(() -> SettingsReader.read(LEAST, Map.of("RUCHE_LOG_FORMAT", "xml")))
        .hasMessageContaining("expected text or json for RUCHE_LOG_FORMAT, found: xml");
  }

  @Test
  void helpNamesEveryKey() {
    assertThat(Arrays.stream(Key.values()).map(key -> "--" + key.text()))
        .allMatch(SettingsReader.help()::contains);
  }
}
