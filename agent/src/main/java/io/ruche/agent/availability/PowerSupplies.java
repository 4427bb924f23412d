package io.ruche.agent.availability;

import io.ruche.worker.availability.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Mains and batteries as Linux lists them. A machine without a battery of its own runs on mains;
 * batteries of mice and the like do not count.
 */
record PowerSupplies(Reading<Boolean> onMains, Reading<Integer> batteryPercent) {
  static PowerSupplies read(Path folder) {
    try {
      return of(Sysfs.devices(folder));
    } catch (IOException e) {
      var why = "the folder %s cannot be read".formatted(folder);
      return new PowerSupplies(Reading.unknown(why), Reading.unknown(why));
    }
  }

  private static PowerSupplies of(List<Path> devices) {
    var feeds = new ArrayList<Path>();
    var batteries = new ArrayList<Path>();
    for (var device : devices) {
      boolean isOfMachine =
          Sysfs.text(device.resolve("scope")).stream().noneMatch("Device"::equals);
      var type = Sysfs.text(device.resolve("type")).orElse("");
      if (isOfMachine && type.equals("Battery")) {
        batteries.add(device);
      } else if (type.equals("Mains") || type.equals("USB")) {
        feeds.add(device);
      }
    }
    var charge = batteries.stream()
        .flatMap(battery -> Sysfs.number(battery.resolve("capacity")).stream())
        .mapToInt(Long::intValue)
        .min();
    return new PowerSupplies(
        onMains(feeds, batteries),
        charge.isPresent()
            ? Reading.of(charge.getAsInt())
            : Reading.unknown("no battery tells its charge"));
  }

  private static Reading<Boolean> onMains(List<Path> feeds, List<Path> batteries) {
    if (batteries.isEmpty()) {
      return Reading.of(true);
    }
    var online = feeds.stream()
        .flatMap(feed -> Sysfs.number(feed.resolve("online")).stream())
        .toList();
    if (!online.isEmpty()) {
      return Reading.of(online.stream().anyMatch(state -> state > 0));
    }
    var states = batteries.stream()
        .flatMap(battery -> Sysfs.text(battery.resolve("status")).stream())
        .toList();
    if (states.contains("Discharging")) {
      return Reading.of(false);
    }
    return states.isEmpty() || states.contains("Unknown")
        ? Reading.unknown("neither the mains nor the battery tells its state")
        : Reading.of(true);
  }
}
