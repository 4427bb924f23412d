package io.ruche.agent.state;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What was measured of the machine, as {@code ruche worker join} or {@code measure} left it. */
public final class MachineClaim {
  private static final String NAME = "machine.json";
  private static final int MAX_BYTES = 65_536;

  private MachineClaim() {}

  /** Fuel that one processor burns in a second; null when it was not measured. */
  public static @Nullable Long fuelPerSecond(Path home) {
    try (var file = Files.newInputStream(home.resolve(NAME))) {
      var text = new String(file.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      long claimed = new JsonMapper().readTree(text).path("fuelPerSecond").asLong();
      return claimed > 0 ? claimed : null;
    } catch (IOException e) {
      return null;
    }
  }
}
