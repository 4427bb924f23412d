package io.ruche.agent.availability;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.worker.availability.Obstacle;
import io.ruche.worker.availability.Outlook;
import io.ruche.worker.availability.Stance;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a worker stands, in its home; for the command line. Written by the worker alone. */
public final class StatusFile {
  private static final String NAME = "status.json";
  private static final int MAX_BYTES = 65_536;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  /**
   * What the worker says of itself.
   *
   * @param tasks attempts held, those that wait for the chain included
   * @param process which wrote it: what a dead one wrote holds no more
   * @param tally null from workers of old
   * @param slots runs at once
   * @param powerWatts what the machine draws more while all slots work; 0 when nobody said
   */
  public record Status(
      Outlook outlook,
      int tasks,
      ProcessMark process,
      @Nullable Tally tally,
      int slots,
      int powerWatts) {}

  public StatusFile(Path home) {
    file = home.resolve(NAME);
  }

  public void write(Status status) {
    OwnerFile.replace(file, json(status) + "\n");
  }

  /** Empty when no worker wrote one, or it cannot be read. */
  public Optional<Status> read() {
    try {
      var text = Sysfs.text(file, MAX_BYTES);
      return text.isEmpty() ? Optional.empty() : Optional.of(status(JSON.readTree(text.get())));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode json(Status status) {
    var outlook = status.outlook();
    var json = JSON.createObjectNode();
    json.put("stance", outlook.stance().name());
    json.put("since", outlook.since().toString());
    json.put("tasks", status.tasks());
    json.put("pid", status.process().pid());
    json.put("identity", status.process().identity());
    json.put("slots", status.slots());
    json.put("powerWatts", status.powerWatts());
    if (status.tally() != null) {
      status.tally().addTo(json);
    }
    var obstacles = json.putArray("obstacles");
    for (var obstacle : outlook.obstacles()) {
      var notBefore = obstacle.notBefore();
      obstacles
          .addObject()
          .put("code", obstacle.code())
          .put("reason", obstacle.reason())
          .put("remedy", obstacle.remedy())
          .put("notBefore", notBefore == null ? null : notBefore.toString());
    }
    return json;
  }

  private static Status status(JsonNode json) {
    var obstacles = new ArrayList<Obstacle>();
    for (var obstacle : json.path("obstacles")) {
      obstacles.add(new Obstacle(
          obstacle.path("code").asText(),
          obstacle.path("reason").asText(),
          obstacle.path("remedy").asText(),
          time(obstacle.path("notBefore"))));
    }
    var outlook = new Outlook(
        Stance.valueOf(json.path("stance").asText()),
        Instant.parse(json.path("since").asText()),
        obstacles);
    var process =
        new ProcessMark(json.path("pid").asLong(), json.path("identity").asText());
    return new Status(
        outlook,
        json.path("tasks").asInt(),
        process,
        Tally.read(json),
        json.path("slots").asInt(),
        json.path("powerWatts").asInt());
  }

  private static @Nullable Instant time(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()) : null;
  }
}
