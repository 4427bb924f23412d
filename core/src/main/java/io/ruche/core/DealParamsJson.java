package io.ruche.core;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Deal params as the JSON that is on chain. */
final class DealParamsJson {
  private static final String FAILURE_CALLBACK = "failureCallback";
  private static final String NEEDS = "needs";
  private static final String NETWORK = "network";
  private static final String GPU = "gpu";
  private static final String CPU = "cpu";
  private static final String MEMORY = "memoryMiB";
  private static final String DISK = "diskMiB";
  private static final String ARCH = "arch";
  private static final String GROUP = "group";
  private static final Set<String> NEEDS_KEYS =
      Set.of(NETWORK, GPU, CPU, MEMORY, DISK, ARCH, GROUP);
  private static final String LIMITS = "limits";
  private static final String FUEL = "fuel";
  private static final String RUN_SECONDS = "runSeconds";
  private static final String QUEUE_SECONDS = "queueSeconds";
  private static final Set<String> LIMITS_KEYS = Set.of(FUEL, QUEUE_SECONDS, RUN_SECONDS);
  private static final long MOST_SECONDS = 100_000_000;
  private static final Set<String> RUCHE_KEYS = Set.of("inputs", NEEDS, LIMITS, FAILURE_CALLBACK);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> STANDARD_KEYS = Set.of(
      "iexec_args",
      "iexec_input_files",
      "iexec_result_storage_provider",
      "iexec_result_storage_proxy",
      "iexec_result_encryption",
      "iexec_secrets",
      "iexec_developer_logger",
      "bulk_cid",
      "ruche");

  private DealParamsJson() {}

  /**
   * Reads params that are an object; empty when they are any other text.
   *
   * @throws IllegalArgumentException when keys or values are not understood
   */
  static Optional<DealParams> read(String params) {
    return asObject(params) instanceof ObjectNode object
        ? Optional.of(read(object))
        : Optional.empty();
  }

  /** With the standard keys alone wherever they suffice. */
  static String write(DealParams params) {
    var object = JSON.createObjectNode();
    object.put("iexec_args", params.args());
    if (!params.inputFiles().isEmpty()) {
      var list = object.putArray("iexec_input_files");
      params.inputFiles().forEach(list::add);
    }
    object.put("iexec_result_storage_provider", "ipfs");
    if (!params.inputs().isEmpty()) {
      var list = object.withObject("/ruche").putArray("inputs");
      for (var input : params.inputs()) {
        list.addObject()
            .put("uri", input.uri())
            .put("sha256", input.sha256().hex())
            .put("name", input.name());
      }
    }
    addNeeds(object, params.needs());
    if (params.maxFuel() > 0) {
      object.withObject("/ruche/limits").put(FUEL, params.maxFuel());
    }
    if (params.maxQueueSeconds() > 0) {
      object.withObject("/ruche/limits").put(QUEUE_SECONDS, params.maxQueueSeconds());
    }
    if (params.maxRunSeconds() > 0) {
      object.withObject("/ruche/limits").put(RUN_SECONDS, params.maxRunSeconds());
    }
    if (params.isFailureCalledBack()) {
      object.withObject("/ruche").put(FAILURE_CALLBACK, true);
    }
    return object.toString();
  }

  private static void addNeeds(ObjectNode object, Needs needs) {
    if (needs.network()) {
      object.withObject("/ruche/needs").put(NETWORK, true);
    }
    if (needs.gpu()) {
      object.withObject("/ruche/needs").put(GPU, true);
    }
    var machine = needs.machine();
    addNeed(object, CPU, machine.cpus());
    addNeed(object, MEMORY, machine.memoryMiB());
    addNeed(object, DISK, machine.diskMiB());
    addNeed(object, ARCH, machine.arch());
    addNeed(object, GROUP, machine.group());
  }

  private static void addNeed(ObjectNode object, String key, long asked) {
    if (asked > 0) {
      object.withObject("/ruche/needs").put(key, asked);
    }
  }

  private static void addNeed(ObjectNode object, String key, String asked) {
    if (!asked.isEmpty()) {
      object.withObject("/ruche/needs").put(key, asked);
    }
  }

  private static JsonNode asObject(String params) {
    try {
      return JSON.readTree(params);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  private static DealParams read(ObjectNode object) {
    refuseUnknown(object, STANDARD_KEYS, "params");
    if (object.path("iexec_result_encryption").asBoolean(false)) {
      throw new IllegalArgumentException("params ask for iexec_result_encryption, not offered yet");
    }
    var files = new ArrayList<String>();
    for (var file : object.path("iexec_input_files")) {
      files.add(text(file, "iexec_input_files"));
    }
    var args = object.has("iexec_args") ? text(object.get("iexec_args"), "iexec_args") : "";
    var ruche = object.path("ruche");
    if (!ruche.isMissingNode()) {
      refuseUnknown(objectOf(ruche, "params.ruche"), RUCHE_KEYS, "params.ruche");
    }
    return new DealParams(
        args,
        files,
        inputsOf(ruche),
        needsOf(ruche),
        limitOf(ruche, FUEL, Long.MAX_VALUE),
        limitOf(ruche, QUEUE_SECONDS, MOST_SECONDS),
        limitOf(ruche, RUN_SECONDS, MOST_SECONDS),
        flag(ruche, FAILURE_CALLBACK));
  }

  private static ObjectNode objectOf(JsonNode node, String where) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        "expected %s to be an object, found: %s".formatted(where, node));
  }

  private static boolean flag(JsonNode object, String key) {
    var node = object.path(key);
    if (node.isMissingNode() || node.isBoolean()) {
      return node.asBoolean(false);
    }
    throw new IllegalArgumentException(
        "expected true or false for %s in params.ruche, found: %s".formatted(key, node));
  }

  private static Needs needsOf(JsonNode ruche) {
    var node = ruche.path(NEEDS);
    if (node.isMissingNode()) {
      return Needs.NONE;
    }
    var where = "params.ruche.needs";
    refuseUnknown(objectOf(node, where), NEEDS_KEYS, where);
    var machine = new MachineNeeds(
        (int) amount(node, CPU, MachineNeeds.MAX_CPUS, where),
        (int) amount(node, MEMORY, MachineNeeds.MAX_MEMORY_MIB, where),
        amount(node, DISK, MachineNeeds.MAX_DISK_MIB, where),
        node.has(ARCH) ? text(node.get(ARCH), "ruche.needs.arch") : "",
        node.has(GROUP) ? text(node.get(GROUP), "ruche.needs.group") : "");
    return new Needs(flag(node, NETWORK), flag(node, GPU), machine);
  }

  /** A whole number from 1 to {@code most}; 0 when it is not there. */
  private static long amount(JsonNode object, String key, long most, String where) {
    var node = object.path(key);
    if (node.isMissingNode()) {
      return 0;
    }
    boolean isFit = node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= 1
        && node.longValue() <= most;
    if (!isFit) {
      throw new IllegalArgumentException(
          "expected a whole number from 1 to %d for %s in %s, found: %s"
              .formatted(most, key, where, node));
    }
    return node.longValue();
  }

  /** A whole number from 1 to {@code most}; 0 when it is not there. */
  private static long limitOf(JsonNode ruche, String key, long most) {
    var limits = ruche.path(LIMITS);
    if (limits.isMissingNode()) {
      return 0;
    }
    var where = "params.ruche.limits";
    refuseUnknown(objectOf(limits, where), LIMITS_KEYS, where);
    return amount(limits, key, most, where);
  }

  private static List<DealParams.Input> inputsOf(JsonNode ruche) {
    var byName = new TreeMap<String, DealParams.Input>();
    for (var node : ruche.path("inputs")) {
      var input = inputOf(node);
      if (byName.put(input.name(), input) != null) {
        throw new IllegalArgumentException("two inputs of the params are named " + input.name());
      }
    }
    return List.copyOf(byName.values());
  }

  private static DealParams.Input inputOf(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException("expected an input to be an object, found: " + node);
    }
    refuseUnknown(object, Set.of("uri", "sha256", "name"), "params.ruche.inputs");
    var name = text(object.path("name"), "ruche.inputs.name");
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")) {
      throw new IllegalArgumentException(
          "expected an input name of letters, digits and . _ - , found: " + name);
    }
    return new DealParams.Input(
        text(object.path("uri"), "ruche.inputs.uri"),
        new Sha256(text(object.path("sha256"), "ruche.inputs.sha256")),
        name);
  }

  private static void refuseUnknown(ObjectNode object, Set<String> known, String where) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        throw new IllegalArgumentException("unknown key %s in %s; known are %s"
            .formatted(
                field.getKey(), where, String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  private static String text(JsonNode node, String key) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException(
          "expected text for params key %s, found: %s".formatted(key, node));
    }
    return node.textValue();
  }
}
