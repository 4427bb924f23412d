package io.ruche.server.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Every setting of the server: its name, default and meaning. */
public enum Key {
  HOME("", "folder for the server's database and files; required"),
  DATABASE("", "PostgreSQL, as jdbc:postgresql://HOST/NAME?user=USER; without it, SQLite in home"),
  DATABASE_PASSWORD_FILE(
      "", "file whose first line is its password; or RUCHE_SERVER_DATABASE_PASSWORD"),
  RPC("", "address of the chain node, such as http://127.0.0.1:8545; required"),
  PUBLIC_RPC("", "address of a chain node that workers are advised to use"),
  CHAIN_ID("", "id of the chain, checked against the node; required"),
  HUB("", "address of the hub; required"),
  FROM_BLOCK("0", "first block to read: that of the hub's deployment"),
  HOST("127.0.0.1", "address to listen on; anything but loopback needs a TLS proxy in front"),
  PORT("0", "port to listen on; 0 takes a free one"),
  READY_FILE("", "file to write {\"url\",\"port\",\"pid\"} to once the server is ready"),
  WORKERPOOL("", "address of the workerpool to run; without it there is no pool"),
  WALLET_FILE("", "key file of the pool's owner; required with --workerpool"),
  PASSWORD_FILE("", "file whose first line opens the key file; or RUCHE_SERVER_PASSWORD"),
  CERTIFICATION(
      "AFTER_RESULT",
      "AFTER_RESULT, WITH_WORK or AFTER_COMMIT: when workers may contribute; credibility or"
          + " adaptive: what is believed of tasks of trust 1 (docs/certification.md)"),
  HEARTBEAT_MILLIS("5000", "period in which workers report; three silent ones end a session"),
  WORKER_LOST_MILLIS("30000", "silence after which a worker's attempts go to others"),
  RECONNECT_GRACE_MILLIS("5000", "time that a worker has to come back after its session ended"),
  FAILURE_WAIT_MILLIS("10000", "time to wait for more machines before a failure is certified"),
  ORDER_PRICE("", "price of a task in tokens; without it no workerpool order is published"),
  PRICING(
      "fixed",
      "fixed (order-price), energy (what power costs), or book (as the cheapest other offer, but"
          + " never above order-price)"),
  PRICE_FLOOR("", "with energy or book: the least price of a task in tokens"),
  ENERGY_PRICE("", "with energy or book: price of a kilowatt-hour in tokens; never sold below it"),
  SLOT_WATTS("", "what a busy slot draws; required with energy-price"),
  PRICE_MARGIN_PERCENT("20", "what is asked above the cost of power"),
  UNDERCUT_PERCENT("0", "with book: how much less than the cheapest other; 0 asks the same"),
  PRICE_STEP_PERCENT("5", "with book: largest change of a price at once"),
  PRICE_CHANGE_MINUTES("10", "with book: least time from one change to the next"),
  ORDER_CATEGORIES("0,1,2,3,4", "categories that the published orders cover"),
  ORDER_TRUST("100", "highest trust that the published orders promise"),
  ORDER_VOLUME("1000000", "tasks of each category that are on offer at most"),
  SELLING(
      "auto",
      "what is on offer: CAPACITY (what the connected machines can finish in time), VOLUME"
          + " (order-volume), or auto (VOLUME on dev chains, else CAPACITY)"),
  SELL_PERCENT("80", "part of the machines' time that CAPACITY sells"),
  CLOSE_AFTER_MILLIS(
      "60000", "with CAPACITY: machines may be away so long before what they offered is closed"),
  ORDER_FOR_REQUESTER("", "only requester, or group of them, that the published orders serve"),
  ORDER_FOR_APP("", "only app, or group of them, that the published orders serve"),
  ORDER_FOR_DATASET("", "only dataset, or group of them, that the published orders serve"),
  PUBLISHING(
      "auto", "whether any wallet may publish files here: open, closed, or auto (dev chains)"),
  MAX_RESULT_MIB("320", "largest result archive"),
  MAX_FILE_MIB("64", "largest published file"),
  OWNER_QUOTA_MIB("256", "all published files of one owner"),
  TOTAL_QUOTA_MIB("4096", "all published files"),
  WORKER_GROUPS(
      "", "workers of each group that tasks may need: name=0xWORKER+0xWORKER, split by commas"),
  WORKERS_ALLOWED("", "the only workers that get work: addresses or groups, split by commas"),
  WORKERS_BANNED("", "workers or machines that get no work: addresses, split by commas"),
  APART_BY_ADDRESS(
      "false", "never two runs of a task in one /24 of IPv4 or /48 of IPv6; loopback says nothing"),
  MAX_SESSIONS("2000", "workers connected at once"),
  WRITES_PER_MINUTE("1200", "POST and PUT requests of one address"),
  METRICS_TOKEN_FILE(
      "", "file whose first line opens /metrics; without it they are open on dev chains only");

  private static final Pattern URL =
      Pattern.compile("(?<scheme>https?://)(?<user>[^/@]*@)?(?<host>[^/?#@]+)(?<rest>[/?#].*|)");

  private final String fallback;
  private final String meaning;

  Key(String fallback, String meaning) {
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** As written in flags and files: {@code chain-id}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As written in the environment: {@code RUCHE_SERVER_CHAIN_ID}. */
  public String variable() {
    return "RUCHE_SERVER_" + name();
  }

  /** The value as it may be printed: what follows the host of a node's address is often a key. */
  String shown(String value) {
    if ((this != RPC && this != DATABASE) || value.isEmpty()) {
      return value;
    }
    var parts = URL.matcher(value);
    if (!parts.matches() || parts.group("rest").contains("@")) {
      return "***";
    }
    var user = parts.group("user") == null ? "" : "***@";
    var rest = parts.group("rest");
    return parts.group("scheme") + user + parts.group("host") + (rest.length() < 2 ? rest : "/***");
  }

  String fallback() {
    return fallback;
  }

  /** One line of help. */
  String help() {
    var line = "  --%-24s %s".formatted(text(), meaning);
    return fallback.isEmpty() ? line : line + " (default " + fallback + ")";
  }
}
