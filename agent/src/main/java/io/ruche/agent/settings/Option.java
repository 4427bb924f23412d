package io.ruche.agent.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that can be set, with its name in the settings file, its default and its meaning. */
public enum Option {
  POOL("pool", null, "http(s) origin of the pool"),
  RPC("rpc", null, "http(s) address of a node of the chain"),
  CHAIN_ID("chainId", null, "id of the chain; another one is refused"),
  HUB("hub", null, "address of the hub; a pool on another hub is refused"),
  WORKERPOOL("workerpool", "", "address of the workerpool; empty takes what the pool says"),
  ACCOUNT(
      "account", "", "worker account that lists this wallet; empty works for the wallet itself"),
  KEYSTORE("keystore", null, "key file of the worker's wallet (Web3 secret storage)"),
  PASSWORD_FILE("passwordFile", "", "file with the key file's password; else RUCHE_PASSWORD"),
  HOME("home", null, "folder for the worker's state; one worker per folder"),
  SLOTS("slots", "0", "tasks at once; 0 takes the number of processors"),
  MEMORY_MIB("memoryMiB", "512", "most memory a task may use, in MiB"),
  CACHE_MIB("cacheMiB", "4096", "most space for fetched apps and data, in MiB"),
  MAX_FETCH_MIB("maxFetchMiB", "2048", "largest file that is fetched, in MiB"),
  MIN_FREE_MIB("minFreeMiB", "256", "free disk space below which no work is taken, in MiB"),
  IPFS_GATEWAYS("ipfsGateways", "", "origins asked for /ipfs/ paths, separated by commas"),
  BUBBLEWRAP("bubblewrap", "where-possible", "where-possible, required or never"),
  CONTAINERS(
      "containers", "where-possible", "engine for images: where-possible, podman, docker or never"),
  WASM_ENGINE(
      "wasmEngine", "where-possible", "what runs modules: where-possible, chicory or wasmtime"),
  WASMTIME_LIBRARY(
      "wasmtimeLibrary", "", "libwasmtime.so to use; empty looks where installers put it"),
  ALLOW_PRIVATE_ADDRESSES(
      "allowPrivateAddresses", "false", "fetch from private networks too (development)"),
  ALLOW_FILE_URLS("allowFileUrls", "false", "fetch file: addresses too (development)"),
  ALLOW_NETWORK(
      "allowNetwork", "false", "let apps that ask for it use this machine's network (not WASM)"),
  GROUPS(
      "groups",
      "",
      "groups this machine belongs to, separated by commas; the pool must list its worker too"),
  AVAILABILITY(
      "availability",
      "always",
      "when this machine may work, such as \"weekdays 19:00-07:00; idle 10m; mains\""),
  AVAILABILITY_GRACE(
      "availabilityGrace", "10m", "time after which a paused run is handed back to the pool"),
  POWER_SUPPLIES(
      "powerSupplies", "/sys/class/power_supply", "folder with the state of mains and batteries"),
  THERMAL_ZONES("thermalZones", "/sys/class/thermal", "folder with the temperature sensors"),
  SURPLUS_METER(
      "surplusMeter", "", "surplus power in watts: a file, command:PROGRAM, or an http(s) address"),
  POWER_WATTS(
      "powerWatts", "0", "what the machine draws more while all slots work, for `worker status`");

  private final String key;
  private final @Nullable String fallback;
  private final String meaning;

  Option(String key, @Nullable String fallback, String meaning) {
    this.key = key;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** Name in the settings file. */
  public String key() {
    return key;
  }

  /** Null when it must be set. */
  public @Nullable String fallback() {
    return fallback;
  }

  /** Name on the command line, such as {@code --memory-mib}. */
  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Name in the environment, such as {@code RUCHE_WORKER_MEMORY_MIB}. */
  public String variable() {
    return "RUCHE_WORKER_" + name();
  }

  boolean isSwitch() {
    return "false".equals(fallback);
  }

  static Optional<Option> ofFlag(String flag) {
    return Arrays.stream(values()).filter(option -> option.flag().equals(flag)).findFirst();
  }

  static Optional<Option> ofKey(String key) {
    return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
  }

  /** One line per option, for people. */
  public static String help() {
    return Arrays.stream(values())
        .map(option -> "  %-26s %s%s"
            .formatted(
                option.flag(),
                option.meaning,
                option.fallback == null
                    ? " (required)"
                    : option.fallback.isEmpty() ? "" : " (default " + option.fallback + ")"))
        .collect(Collectors.joining("\n"));
  }
}
