package io.ruche.server.settings;

import io.ruche.chain.wallet.Secret;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.scheduler.Admission;
import io.ruche.server.data.DataSettings;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.metrics.MetricsAccess;
import io.ruche.server.settings.ServerSettings.Chain;
import io.ruche.server.settings.ServerSettings.PoolSettings;
import io.ruche.server.settings.ServerSettings.Timing;
import io.ruche.store.PostgresUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from flags ({@code --key value} or {@code --key=value}), the environment, a file
 * of {@code key = value} lines named by {@code --settings}, and defaults. Reports all problems
 * together.
 */
public final class SettingsReader {
  private static final String PASSWORD_VARIABLE = "RUCHE_SERVER_PASSWORD";
  private static final String DATABASE_PASSWORD_VARIABLE = "RUCHE_SERVER_DATABASE_PASSWORD";
  private static final List<String> SECRETS =
      List.of(PASSWORD_VARIABLE, DATABASE_PASSWORD_VARIABLE);
  private static final String LOG_FORMAT = "RUCHE_LOG_FORMAT";
  private static final long MIB = 1L << 20;

  private static final int MIN_TOKEN_CHARS = 16;

  private final SettingValues values;
  private final Map<String, String> environment;

  private SettingsReader(GivenSettings given, Map<String, String> environment) {
    this.values = new SettingValues(given);
    this.environment = environment;
  }

  /**
   * Reads all settings.
   *
   * @throws RucheException BAD_SETTINGS with every problem found
   */
  public static ServerSettings read(List<String> flags, Map<String, String> environment) {
    var given = GivenSettings.collect(flags, environment, SECRETS);
    var reader = new SettingsReader(given, environment);
    var settings = reader.settings();
    reader.checkLogFormat();
    if (!reader.values.problems().isEmpty() || settings == null) {
      throw bad(reader.values.problems());
    }
    return settings;
  }

  private static RucheException bad(List<String> problems) {
    return new RucheException(
        "BAD_SETTINGS", String.join("; ", problems) + ".", "`--help` lists all settings.", false);
  }

  /**
   * Each setting with its value and where it comes from, a line for each, secrets masked; and all
   * problems, whether or not a server could start with it.
   */
  public static String show(List<String> flags, Map<String, String> environment) {
    var given = GivenSettings.collect(flags, environment, SECRETS);
    var reader = new SettingsReader(given, environment);
    reader.settings();
    reader.checkLogFormat();
    var lines = Arrays.stream(Key.values()).map(key -> {
      var value = given.of(key);
      return "%-24s %-44s %s".formatted(key.text(), key.shown(value.text()), value.origin());
    });
    var password = environment.containsKey(PASSWORD_VARIABLE)
        ? Stream.of("%-24s %-44s %s".formatted("password", "***", "variable " + PASSWORD_VARIABLE))
        : Stream.<String>of();
    var problems = reader.values.problems().stream().map("problem: "::concat);
    return Stream.of(lines, password, problems)
        .flatMap(part -> part)
        .collect(Collectors.joining("\n"));
  }

  /**
   * The database alone, whatever else is set.
   *
   * @throws RucheException BAD_SETTINGS
   */
  public static PostgresUrl database(List<String> flags, Map<String, String> environment) {
    var given = GivenSettings.collect(flags, environment, SECRETS);
    var reader = new SettingsReader(given, environment);
    var database = reader.database();
    if (!reader.values.problems().isEmpty() || database == null) {
      throw bad(reader.values.problems());
    }
    return database;
  }

  /** The text of {@code --help}. */
  public static String help() {
    return Arrays.stream(Key.values()).map(Key::help).collect(Collectors.joining("\n", """
        usage: server --home DIR --rpc URL --chain-id ID --hub ADDRESS [settings]

        Runs the order board and data store of a hub, and with --workerpool a pool, on one HTTP
        origin. Each setting can also be given as RUCHE_SERVER_<KEY> in the environment, or as a
        line `key = value` of the file that --settings names. With --show-settings it says what it
        would run with and where each value comes from, and ends; with --check-database whether it
        could work with --database.

        """, """


        examples:
          server --home /var/lib/ruche --rpc http://127.0.0.1:8545 --chain-id 65535 --hub 0x5FbD...
          server --settings pool.conf --workerpool 0x90F7... --wallet-file owner.json \\
              --password-file owner.password --order-price 0.5
        """));
  }

  /** The log's own file reads the variable, and would write nothing for a format that is none. */
  private void checkLogFormat() {
    var format = environment.getOrDefault(LOG_FORMAT, "text");
    if (!List.of("text", "json").contains(format)) {
      values.problem("expected text or json for %s, found: %s".formatted(LOG_FORMAT, format));
    }
  }

  private @Nullable ServerSettings settings() {
    var home = values.required(Key.HOME, Path::of);
    var chain = chain();
    var http = http();
    boolean isDevelopment = chain != null && chain.isDevelopment();
    var data = data(isDevelopment);
    var database = values.isEmpty(Key.DATABASE) ? null : database();
    var pool = values.isEmpty(Key.WORKERPOOL) ? null : pool(isDevelopment);
    var metrics = metrics(isDevelopment);
    if (!values.problems().isEmpty() || home == null || chain == null) {
      return null;
    }
    var ready = values.text(Key.READY_FILE);
    return new ServerSettings(
        home, chain, http, data, database, ready.isEmpty() ? null : Path.of(ready), pool, metrics);
  }

  private @Nullable Chain chain() {
    var rpc = values.required(Key.RPC, SettingsReader::url);
    var id = values.required(Key.CHAIN_ID, text -> SettingValues.number(text, 1, Long.MAX_VALUE));
    var hub = values.required(Key.HUB, Address::new);
    long from = values.number(Key.FROM_BLOCK, 0, Long.MAX_VALUE);
    var advised = values.text(Key.PUBLIC_RPC);
    if (!advised.isEmpty()) {
      values.required(Key.PUBLIC_RPC, SettingsReader::url);
    }
    return rpc == null || id == null || hub == null ? null : new Chain(rpc, id, hub, from, advised);
  }

  private HttpSettings http() {
    var base = HttpSettings.defaults();
    return new HttpSettings(
        values.text(Key.HOST),
        (int) values.number(Key.PORT, 0, 65_535),
        base.maxBodyBytes(),
        base.maxConnections(),
        (int) values.number(Key.WRITES_PER_MINUTE, 1, 1_000_000));
  }

  private DataSettings data(boolean isDevelopment) {
    var publishing = values.text(Key.PUBLISHING);
    if (!List.of("open", "closed", "auto").contains(publishing)) {
      values.problem("expected open, closed or auto for publishing, found: " + publishing);
    }
    return new DataSettings(
        values.number(Key.MAX_RESULT_MIB, 1, 1_000_000) * MIB,
        publishing.equals("open") || (publishing.equals("auto") && isDevelopment),
        values.number(Key.MAX_FILE_MIB, 1, 1_000_000) * MIB,
        values.number(Key.OWNER_QUOTA_MIB, 1, 10_000_000) * MIB,
        values.number(Key.TOTAL_QUOTA_MIB, 1, 100_000_000) * MIB);
  }

  private @Nullable PostgresUrl database() {
    var password = secret(Key.DATABASE_PASSWORD_FILE, DATABASE_PASSWORD_VARIABLE);
    return values.required(Key.DATABASE, url -> new PostgresUrl(url, password));
  }

  private @Nullable PoolSettings pool(boolean isDevelopment) {
    var workerpool = values.required(Key.WORKERPOOL, Address::new);
    var wallet = values.required(Key.WALLET_FILE, Path::of);
    var certification = values.required(Key.CERTIFICATION, CertificationText::parse);
    var password = secret(Key.PASSWORD_FILE, PASSWORD_VARIABLE);
    var timing = new Timing(
        values.millis(Key.HEARTBEAT_MILLIS),
        values.millis(Key.WORKER_LOST_MILLIS),
        values.millis(Key.RECONNECT_GRACE_MILLIS),
        values.millis(Key.FAILURE_WAIT_MILLIS));
    int sessions = (int) values.number(Key.MAX_SESSIONS, 1, 1_000_000);
    var offer = new OfferReader(values).offer(isDevelopment);
    return workerpool == null || wallet == null || certification == null
        ? null
        : new PoolSettings(
            workerpool, wallet, password, timing, certification, sessions, admission(), offer);
  }

  private Admission admission() {
    var groups = values.isEmpty(Key.WORKER_GROUPS)
        ? null
        : values.required(Key.WORKER_GROUPS, AdmissionText::groups);
    var known = groups == null ? Map.<String, Set<Address>>of() : groups;
    return new Admission(
        known,
        workers(Key.WORKERS_ALLOWED, known),
        workers(Key.WORKERS_BANNED, Map.of()),
        Boolean.TRUE.equals(values.required(Key.APART_BY_ADDRESS, SettingsReader::flag)));
  }

  private Set<Address> workers(Key key, Map<String, Set<Address>> groups) {
    var workers = values.isEmpty(key)
        ? null
        : values.required(key, text -> AdmissionText.workers(text, groups));
    return workers == null ? Set.of() : workers;
  }

  private static boolean flag(String text) {
    if (!text.matches("true|false")) {
      throw new IllegalArgumentException("expected true or false, found: " + text);
    }
    return text.equals("true");
  }

  private MetricsAccess metrics(boolean isDevelopment) {
    var file = values.text(Key.METRICS_TOKEN_FILE);
    if (file.isEmpty()) {
      return isDevelopment ? new MetricsAccess.Open() : new MetricsAccess.Closed();
    }
    var token = firstLine("token", file);
    if (token.length() < MIN_TOKEN_CHARS) {
      values.problem("expected a token of at least %d characters in the first line of %s, found %d"
          .formatted(MIN_TOKEN_CHARS, file, token.length()));
    }
    return new MetricsAccess.WithToken(Secret.of(token));
  }

  private String secret(Key fileKey, String variable) {
    var file = values.text(fileKey);
    return file.isEmpty() ? environment.getOrDefault(variable, "") : firstLine("password", file);
  }

  private String firstLine(String what, String file) {
    try {
      var lines = Files.readAllLines(Path.of(file));
      return lines.isEmpty() ? "" : lines.getFirst();
    } catch (IOException e) {
      values.problem("cannot read the %s file %s: %s".formatted(what, file, e));
      return "";
    }
  }

  private static String url(String text) {
    if (!text.matches("https?://.+")) {
      throw new IllegalArgumentException("expected an http or https URL, found: " + text);
    }
    return text;
  }
}
