package io.ruche.cli.settings;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;

/** The settings that a development home starts with, so that the first commands need no options. */
public final class DevelopmentSettings {
  private static final JsonMapper JSON = new JsonMapper();

  private DevelopmentSettings() {}

  /** Writes {@code settings.json} unless the home has one. */
  public static void write(Home home, String wallet) {
    if (Files.exists(home.settingsFile())) {
      return;
    }
    var json = JSON.createObjectNode()
        .put(Key.WALLET.fileKey(), wallet)
        .put(Key.PASSWORD_FILE.fileKey(), home.developmentPassword().toString());
    try {
      Files.writeString(home.settingsFile(), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot write %s: %s".formatted(home.settingsFile(), e),
          "Free some space or choose another --home.",
          false,
          e);
    }
  }
}
