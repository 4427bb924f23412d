package io.ruche.cli;

import io.ruche.cli.output.Answer;
import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.output.Printer;
import io.ruche.cli.output.Screen;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Key;
import io.ruche.cli.settings.Network;
import io.ruche.cli.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the command line knows: its settings, once the options are parsed, and where
 * output goes. Used by one thread.
 */
public final class Session {
  private final Screen screen;
  private final Map<String, String> environment;
  private final Path userHome;
  private final Clock clock;
  private final Map<Key, String> flags = new EnumMap<>(Key.class);
  private @Nullable Settings settings;

  public Session(Screen screen, Map<String, String> environment, Path userHome, Clock clock) {
    this.screen = screen;
    this.environment = Map.copyOf(environment);
    this.userHome = userHome;
    this.clock = clock;
  }

  /** Takes a global option, wherever it stood in the line. */
  void flag(Key key, String value) {
    flags.put(key, value);
  }

  public Screen screen() {
    return screen;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Clock clock() {
    return clock;
  }

  public Settings settings() {
    if (settings == null) {
      settings = Settings.read(flags, environment, userHome);
    }
    return settings;
  }

  public Home home() {
    return new Home(settings().home());
  }

  public Network network() {
    return Network.read(settings().network());
  }

  public Printer printer() {
    return new Printer(screen, settings().output());
  }

  public void answer(Answer answer) {
    printer().answer(answer);
  }

  public void note(String sentence) {
    printer().note(sentence);
  }

  /** The form that errors take, found without trusting that the settings can be read. */
  OutputFormat errorFormat() {
    var wanted = flags.getOrDefault(
        Key.OUTPUT, environment.getOrDefault(Key.OUTPUT.variable(), OutputFormat.table.name()));
    return wanted.equals(OutputFormat.json.name()) ? OutputFormat.json : OutputFormat.table;
  }
}
