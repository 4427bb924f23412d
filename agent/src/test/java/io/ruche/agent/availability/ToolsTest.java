package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
  /** As coreutils 9.1 prints it: a desktop, a terminal and one left alone since yesterday. */
  private static final String WHO = """
      bob      :0           2026-11-23 09:10   ?          1300 (:0)
      eve      pts/1        2026-11-23 09:10 00:07        1301 (10.0.0.1)
      old      tty2         2026-11-23 09:10  old         1302
      """;

  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir
  Path folder;

  @Test
  void theSessionUsedLastCounts() throws IOException {
    var loginctl = program("loginctl", """
        if [ "$1" = list-sessions ]; then
          echo "  1 1000 ada seat0 tty2"; echo " c2 1001 bob - pts/0"; echo "3 0 root - -"
        else
          printf 'Id=1\\nClass=user\\nState=active\\nIdleHint=yes\\nIdleSinceHint=%d\\n\\n' \\
            1767613800000000
          printf 'Id=c2\\nClass=user\\nState=online\\nIdleHint=yes\\nIdleSinceHint=%d\\n\\n' \\
            1767614100000000
          printf 'Id=3\\nClass=manager\\nState=active\\nIdleHint=no\\n\\n'
          printf 'Id=4\\nClass=user\\nState=closing\\nIdleHint=no\\n'
        fi
        """);

    assertThat(idle(loginctl, "/none")).isEqualTo(Reading.of(Duration.ofMinutes(5)));
    assertThat(idle(loginctl, program("xprintidle", "echo 61000")))
        .isEqualTo(Reading.of(Duration.ofSeconds(61)));
  }

  @Test
  void aSessionThatIsNotIdleIsUsedNowAndNoSessionIsIdleForEver() throws IOException {
    var busy = program("busy", "echo 1; echo; echo Class=user; echo IdleHint=no");
    assertThat(idle(busy, "/none")).isEqualTo(Reading.of(Duration.ZERO));

    assertThat(idle(program("empty", ""), "/none")).isEqualTo(Reading.of(UserActivity.FOR_EVER));
  }

  @Test
  void withoutToolsNothingIsKnownOfTheUser() throws IOException {
    assertThat(idle("/none", "/none")).isInstanceOf(Reading.Unknown.class);
    assertThat(idle(program("broken", "echo 1; exit 1"), "/none"))
        .isInstanceOfSatisfying(
            Reading.Unknown.class, u -> assertThat(u.why()).contains("exit code 1"));
  }

  @Test
  void withoutLogindTheListOfLoginsCounts() throws IOException {
    var logins = Files.createFile(folder.resolve("logins"));
    var who = program("who", "[ \"$1\" = -u ] && cat <<'END'\n" + WHO + "END");
    var nobody = program("nobody", "");
    var screen = program("screen", "echo 90000");

    assertThat(idle(new UserActivity.Tools("/none", "/none", who, logins)))
        .isEqualTo(Reading.of(Duration.ZERO));
    assertThat(idle(new UserActivity.Tools("/none", screen, who, logins)))
        .isEqualTo(Reading.of(Duration.ofSeconds(90)));
    assertThat(idle(new UserActivity.Tools("/none", "/none", nobody, logins)))
        .isEqualTo(Reading.of(UserActivity.FOR_EVER));
    assertThat(idle(new UserActivity.Tools(nobody, "/none", who, logins)))
        .isEqualTo(Reading.of(UserActivity.FOR_EVER));
  }

  @Test
  void anEmptyListWithoutTheFileBehindItSaysNothing() throws IOException {
    var nobody = program("nobody", "");

    assertThat(idle(new UserActivity.Tools("/none", "/none", nobody, folder.resolve("utmp"))))
        .isInstanceOfSatisfying(
            Reading.Unknown.class, u -> assertThat(u.why()).contains("there is no", "utmp"));
  }

  @Test
  void theTerminalUsedLastCounts() {
    assertThat(LoggedIn.idle(WHO, true)).contains(Duration.ofMinutes(7));
    assertThat(LoggedIn.idle(WHO, false)).contains(Duration.ZERO);
    assertThat(LoggedIn.idle(WHO.replace("00:07", "13:05").replace("2026-11-23", "Nov 23"), true))
        .contains(Duration.ofMinutes(13 * 60 + 5));
    assertThat(LoggedIn.idle("old pts/3 2026-11-23 09:10  old  1302", true))
        .contains(Duration.ofDays(1));
    assertThat(LoggedIn.idle("eve pts/1 2026-11-23 09:10   .   1301 (10.0.0.1)", true))
        .contains(Duration.ZERO);
    assertThat(LoggedIn.idle("a line of another system", true)).contains(Duration.ZERO);
    assertThat(LoggedIn.idle("\n", true)).isEmpty();
  }

  @Test
  void aCommandIsBoundedInTimeAndWords() throws IOException {
    var slow = program("slow", "exec sleep 60");
    var loud = program("loud", "yes");

    assertThatThrownBy(() -> new BoundedCommand(1).run(slow))
        .isInstanceOf(RucheException.class)
        .hasMessageContaining("exit code");
    assertThatThrownBy(() -> new BoundedCommand(20).run(loud))
        .isInstanceOf(RucheException.class)
        .hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void theSurplusComesFromAFileThatIsKeptFresh() throws IOException {
    var file = Files.writeString(folder.resolve("watts"), "312.5\n");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(299)));
    assertThat(surplus(file.toString())).isEqualTo(Reading.of(312.5));

    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(301)));
    assertThat(surplus(file.toString())).isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void theSurplusComesFromACommand() throws IOException {
    var program = program("meter", "echo \"-$1\"");

    assertThat(surplus("command:" + program + " 20")).isEqualTo(Reading.of(-20.0));
    assertThat(surplus("command:" + program + " '2 kW'"))
        .isInstanceOfSatisfying(
            Reading.Unknown.class, u -> assertThat(u.why()).contains("found '-2 kW'"));
    assertThat(surplus("")).isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void theSurplusComesFromAMeterOverHttp() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/watts", exchange -> {
      var bytes = "1250".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
    try {
      var origin = "http://127.0.0.1:" + server.getAddress().getPort();

      assertThat(surplus(origin + "/watts")).isEqualTo(Reading.of(1_250.0));
      assertThat(surplus(origin + "/other")).isInstanceOf(Reading.Unknown.class);
    } finally {
      server.stop(0);
    }
  }

  private Reading<Duration> idle(String loginctl, String xprintidle) {
    return idle(new UserActivity.Tools(loginctl, xprintidle, "/none", folder.resolve("utmp")));
  }

  private static Reading<Duration> idle(UserActivity.Tools tools) {
    return new UserActivity(tools, () -> NOW).idle();
  }

  private static Reading<Double> surplus(String source) {
    return new SurplusMeter(source, () -> NOW).watts();
  }

  private String program(String name, String lines) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
