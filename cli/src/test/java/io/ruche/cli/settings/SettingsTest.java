package io.ruche.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.cli.output.OutputFormat;
import io.ruche.core.RucheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir
  Path user;

  @Test
  void defaults() {
    var settings = Settings.read(Map.of(), Map.of(), user);

    assertThat(settings.home()).isEqualTo(user.resolve(".ruche"));
    assertThat(settings.network()).isEqualTo(user.resolve(".ruche/network.json"));
    assertThat(settings.wallet()).isEqualTo("default");
    assertThat(settings.passwordFile()).isNull();
    assertThat(settings.output()).isEqualTo(OutputFormat.table);
    assertThat(settings.values().values())
        .allSatisfy(value -> assertThat(value.origin()).isEqualTo("default"));
  }

  @Test
  void everyKeyIsMappedFromFlagVariableAndFile() throws Exception {
    Files.createDirectories(user.resolve("h"));
    Files.writeString(
        user.resolve("h/settings.json"),
        "{\"network\":\"/f/n.json\",\"wallet\":\"file\",\"passwordFile\":\"/f/p\",\"output\":\"quiet\"}");
    var home = user.resolve("h").toString();

    var fromFile = Settings.read(Map.of(Key.HOME, home), Map.of(), user);
    assertThat(fromFile.network()).isEqualTo(Path.of("/f/n.json"));
    assertThat(fromFile.wallet()).isEqualTo("file");
    assertThat(fromFile.passwordFile()).isEqualTo(Path.of("/f/p"));
    assertThat(fromFile.output()).isEqualTo(OutputFormat.quiet);

    var environment = Map.of(
        "RUCHE_HOME", home,
        "RUCHE_NETWORK", "/e/n.json",
        "RUCHE_WALLET", "variable",
        "RUCHE_PASSWORD_FILE", "/e/p",
        "RUCHE_OUTPUT", "json");
    var fromVariables = Settings.read(Map.of(), environment, user);
    assertThat(fromVariables.home()).isEqualTo(user.resolve("h"));
    assertThat(fromVariables.network()).isEqualTo(Path.of("/e/n.json"));
    assertThat(fromVariables.wallet()).isEqualTo("variable");
    assertThat(fromVariables.passwordFile()).isEqualTo(Path.of("/e/p"));
    assertThat(fromVariables.output()).isEqualTo(OutputFormat.json);

    var flags = Map.of(
        Key.NETWORK, "/x/n.json",
        Key.WALLET, "flag",
        Key.PASSWORD_FILE, "/x/p",
        Key.OUTPUT, "table");
    var fromFlags = Settings.read(flags, environment, user);
    assertThat(fromFlags.network()).isEqualTo(Path.of("/x/n.json"));
    assertThat(fromFlags.wallet()).isEqualTo("flag");
    assertThat(fromFlags.passwordFile()).isEqualTo(Path.of("/x/p"));
    assertThat(fromFlags.output()).isEqualTo(OutputFormat.table);
  }

  @Test
  void allProblemsAreReportedTogether() throws Exception {
    Files.createDirectories(user.resolve(".ruche"));
    Files.writeString(user.resolve(".ruche/settings.json"), "{\"walet\":\"x\",\"output\":\"xml\"}");

    assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), user))
        .isInstanceOfSatisfying(
            RucheException.class,
            failure -> assertThat(failure.code()).isEqualTo("SETTINGS_INVALID"))
        .hasMessageContaining("walet")
        .hasMessageContaining("xml");
  }
}
