package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.sandbox.OperatingSystem;
import io.ruche.worker.availability.MachineFacts;
import io.ruche.worker.availability.Moment;
import io.ruche.worker.availability.Obstacle;
import io.ruche.worker.availability.Reading;
import io.ruche.worker.availability.Rule;
import io.ruche.worker.availability.RuleText;
import io.ruche.worker.availability.Sense;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxMachineTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir
  Path folder;

  @Test
  void everyFactComesFromItsOwnPlace() throws IOException {
    write("power/AC/type", "Mains");
    write("power/AC/online", "0");
    write("power/BAT0/type", "Battery");
    write("power/BAT0/capacity", "64");
    write("heat/thermal_zone0/temp", "41500");
    write("watts", "150.5");
    Files.setLastModifiedTime(folder.resolve("watts"), FileTime.from(NOW));

    var facts = machine(OperatingSystem.LINUX, "watts")
        .look(EnumSet.complementOf(EnumSet.of(Sense.USER_IDLE)));

    assertThat(facts.onMains()).isEqualTo(Reading.of(false));
    assertThat(facts.batteryPercent()).isEqualTo(Reading.of(64));
    assertThat(facts.celsius()).isEqualTo(Reading.of(41.5));
    assertThat(facts.surplusWatts()).isEqualTo(Reading.of(150.5));
    assertThat(facts.userIdle()).isEqualTo(Reading.unknown("not asked for"));
  }

  @Test
  void nothingIsReadThatNobodyAsksFor() {
    assertThat(machine(OperatingSystem.LINUX, "watts").look(Set.of()))
        .isEqualTo(MachineFacts.unknown("not asked for"));
  }

  @Test
  void otherSettingsLoseNoMeasurementUnderWay() throws IOException {
    var machine = machine(OperatingSystem.LINUX, "watts");
    machine.look(Set.of(Sense.OTHER_LOAD));
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Duration.ofMillis(600).toNanos()) {
      Thread.onSpinWait();
    }
    write("other", "7");
    Files.setLastModifiedTime(folder.resolve("other"), FileTime.from(NOW));

    var next = machine.with(settings("other"));

    assertThat(next.look(Set.of(Sense.OTHER_LOAD)).otherLoad()).isInstanceOf(Reading.Known.class);
    assertThat(next.look(Set.of(Sense.SURPLUS)).surplusWatts()).isEqualTo(Reading.of(7.0));
  }

  @Test
  void onAnotherSystemEveryFactIsANoWithItsReasonAndTheCalendarWorks() {
    var facts = machine(OperatingSystem.MAC, "watts").look(EnumSet.allOf(Sense.class));
    var rule = "idle 1m; load 1; mains; surplus 1W; temperature 90C";

    assertThat(obstacles(rule, facts)).hasSize(5).allSatisfy(obstacle -> {
      assertThat(obstacle.code()).isEqualTo(Obstacle.UNKNOWN);
      assertThat(obstacle.reason()).endsWith("it is not read on macOS yet");
    });
    assertThat(obstacles("always", facts)).isEmpty();
    assertThat(obstacles("daily 11:00-13:00", facts)).isEmpty();
  }

  private static Iterable<Obstacle> obstacles(String rule, MachineFacts facts) {
    return RuleText.parse(rule).rule().obstacles(new Moment(NOW, ZoneOffset.UTC, facts));
  }

  private Machine machine(OperatingSystem system, String meter) {
    return LinuxMachine.of(system, settings(meter), () -> NOW);
  }

  private AvailabilitySettings settings(String meter) {
    return new AvailabilitySettings(
        Rule.ALWAYS,
        Duration.ofMinutes(10),
        folder.resolve("power"),
        folder.resolve("heat"),
        folder.resolve(meter).toString(),
        0);
  }

  private void write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }
}
