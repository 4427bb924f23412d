package io.ruche.agent.availability;

import io.ruche.worker.availability.Reading;
import java.io.IOException;
import java.nio.file.Path;

/** The sensors that Linux lists as thermal zones. */
final class ThermalZones {
  private static final double MILLIS = 1_000;

  private ThermalZones() {}

  static Reading<Double> hottestCelsius(Path folder) {
    try {
      var hottest = Sysfs.devices(folder).stream()
          .filter(device -> String.valueOf(device.getFileName()).startsWith("thermal_zone"))
          .flatMap(zone -> Sysfs.number(zone.resolve("temp")).stream())
          .mapToLong(Long::longValue)
          .max();
      return hottest.isPresent()
          ? Reading.of(hottest.getAsLong() / MILLIS)
          : Reading.unknown("no sensor in %s".formatted(folder));
    } catch (IOException e) {
      return Reading.unknown("the folder %s cannot be read".formatted(folder));
    }
  }
}
