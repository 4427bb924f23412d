package io.ruche.agent.availability;

import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.worker.availability.MachineFacts;
import io.ruche.worker.availability.Reading;
import io.ruche.worker.availability.Sense;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what Linux tells in files, and what its tools say. */
public final class LinuxMachine implements Machine {
  private static final Duration USER_PERIOD = Duration.ofMillis(900);
  private static final Duration METER_PERIOD = Duration.ofSeconds(5);

  private final AvailabilitySettings settings;
  private final OtherLoadMeter load;
  private final Sampled<Duration> user;
  private final Sampled<Double> surplus;

  private LinuxMachine(AvailabilitySettings settings, InstantSource clock) {
    this.settings = settings;
    load = new OtherLoadMeter(Path.of("/proc"), OtherLoadMeter::thisTree);
    var activity = new UserActivity("loginctl", "xprintidle", clock);
    user = new Sampled<>(activity::idle, USER_PERIOD, clock);
    var meter = new SurplusMeter(settings.surplusMeter(), clock);
    surplus = new Sampled<>(meter::watts, METER_PERIOD, clock);
  }

  /** The machine below us; on other systems than Linux nothing is known of it. */
  public static Machine of(AvailabilitySettings settings, InstantSource clock) {
    var system = System.getProperty("os.name", "");
    return system.toLowerCase(Locale.ROOT).startsWith("linux")
        ? new LinuxMachine(settings, clock)
        : senses -> MachineFacts.unknown("it is not read on %s yet".formatted(system));
  }

  @Override
  public MachineFacts look(Set<Sense> senses) {
    boolean needsPower = senses.contains(Sense.MAINS) || senses.contains(Sense.BATTERY);
    var power = needsPower ? PowerSupplies.read(settings.powerSupplies()) : notAsked();
    return new MachineFacts(
        asked(senses, Sense.USER_IDLE, user::look),
        asked(senses, Sense.OTHER_LOAD, () -> load.look(System.nanoTime())),
        power.onMains(),
        power.batteryPercent(),
        asked(senses, Sense.SURPLUS, surplus::look),
        asked(
            senses, Sense.TEMPERATURE, () -> ThermalZones.hottestCelsius(settings.thermalZones())));
  }

  private static PowerSupplies notAsked() {
    return new PowerSupplies(Reading.unknown("not asked for"), Reading.unknown("not asked for"));
  }

  private static <T> Reading<T> asked(Set<Sense> senses, Sense sense, Supplier<Reading<T>> read) {
    return senses.contains(sense) ? read.get() : Reading.unknown("not asked for");
  }
}
