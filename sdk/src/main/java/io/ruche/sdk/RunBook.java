package io.ruche.sdk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.Address;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs that were begun here, one file each, synced before anything is sent. A run whose program
 * was killed is found again by its request order: its deals' ids follow from it.
 */
public final class RunBook {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;

  public RunBook(Path folder) {
    this.folder = folder;
  }

  public void write(RunRecord run) {
    var file = folder.resolve(run.request().hash().hex() + ".json");
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(folder);
      Files.writeString(part, json(run).toPrettyString(), StandardCharsets.UTF_8);
      sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
    } catch (IOException e) {
      throw SdkErrors.runUnwritable(file, e);
    }
  }

  /** All runs, oldest first. */
  public List<RunRecord> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(RunBook::read)
          .sorted(Comparator.comparing(RunRecord::begunAt))
          .toList();
    } catch (IOException e) {
      throw SdkErrors.runRecord(folder, e.toString(), e);
    }
  }

  private static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static ObjectNode json(RunRecord run) {
    var json = JSON.createObjectNode();
    json.put("begunAt", run.begunAt().toString());
    json.put("hash", run.request().hash().hex());
    json.put("payer", run.payer().checksummed());
    json.set("request", OrderJson.write(run.request().order()));
    var lots = json.putArray("lots");
    for (var lot : run.lots()) {
      var entry = lots.addObject();
      entry.put("firstTask", lot.firstTask()).put("tasks", lot.tasks());
      entry.set("app", OrderJson.write(lot.app()));
      entry.set("dataset", OrderJson.write(lot.dataset()));
      entry.set("workerpool", OrderJson.write(lot.workerpool()));
    }
    return json;
  }

  private static RunRecord read(Path file) {
    try {
      var json = JSON.readTree(Files.readString(file));
      var lots = new ArrayList<Lot>();
      json.required("lots").forEach(lot -> lots.add(lot(lot)));
      var request = OrderJson.request(json.required("request"));
      // Records of before sponsoring name no payer.
      var payer =
          json.hasNonNull("payer") ? new Address(json.get("payer").asText()) : request.requester();
      return new RunRecord(
          Instant.parse(json.required("begunAt").asText()),
          new SignedRequest(request, new OrderHash(json.required("hash").asText())),
          lots,
          payer);
    } catch (IOException | RuntimeException e) {
      throw SdkErrors.runRecord(file, reason(e), e);
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof JacksonException json
        ? json.getOriginalMessage()
        : String.valueOf(failure.getMessage());
  }

  private static Lot lot(JsonNode json) {
    return new Lot(
        OrderJson.app(json.required("app")),
        OrderJson.dataset(json.required("dataset")),
        OrderJson.workerpool(json.required("workerpool")),
        json.required("firstTask").asLong(),
        json.required("tasks").asLong());
  }
}
