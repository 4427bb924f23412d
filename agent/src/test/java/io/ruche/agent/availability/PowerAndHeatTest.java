package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.worker.availability.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerAndHeatTest {
  @TempDir
  Path folder;

  @Test
  void aLaptopOnItsBattery() throws IOException {
    device("AC", "type", "Mains", "online", "0");
    device("BAT0", "type", "Battery", "capacity", "81", "status", "Discharging");
    device("BAT1", "type", "Battery", "capacity", "42", "status", "Unknown");

    assertThat(PowerSupplies.read(folder))
        .isEqualTo(new PowerSupplies(Reading.of(false), Reading.of(42)));
  }

  @Test
  void oneOfSeveralPlugsIsEnough() throws IOException {
    device("AC", "type", "Mains", "online", "0");
    device("ucsi0", "type", "USB", "online", "1");
    device("BAT0", "type", "Battery", "capacity", "100", "status", "Full");

    assertThat(PowerSupplies.read(folder).onMains()).isEqualTo(Reading.of(true));
  }

  @Test
  void aBatteryAloneTellsByItsState() throws IOException {
    device("BAT0", "type", "Battery", "capacity", "9", "status", "Charging");
    assertThat(PowerSupplies.read(folder).onMains()).isEqualTo(Reading.of(true));

    device("BAT0", "status", "Discharging");
    assertThat(PowerSupplies.read(folder).onMains()).isEqualTo(Reading.of(false));

    device("BAT0", "status", "Unknown");
    assertThat(PowerSupplies.read(folder).onMains()).isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void aMachineWhoseOnlyBatteryIsAMousesRunsOnMains() throws IOException {
    device("hid-0", "type", "Battery", "scope", "Device", "capacity", "5", "status", "Discharging");

    var power = PowerSupplies.read(folder);

    assertThat(power.onMains()).isEqualTo(Reading.of(true));
    assertThat(power.batteryPercent()).isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void withoutTheFolderNothingIsKnown() {
    var power = PowerSupplies.read(folder.resolve("none"));

    assertThat(power.onMains()).isInstanceOf(Reading.Unknown.class);
    assertThat(ThermalZones.hottestCelsius(folder.resolve("none")))
        .isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void theHottestSensorCounts() throws IOException {
    device("thermal_zone0", "temp", "41000");
    device("thermal_zone1", "temp", "67500");
    device("thermal_zone2", "type", "broken");
    device("cooling_device0", "temp", "99000");

    assertThat(ThermalZones.hottestCelsius(folder)).isEqualTo(Reading.of(67.5));
  }

  private void device(String name, String... files) throws IOException {
    var device = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files.length; i += 2) {
      Files.writeString(device.resolve(files[i]), files[i + 1] + "\n");
    }
  }
}
