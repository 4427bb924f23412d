package io.ruche.agent.availability;

import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.sandbox.OperatingSystem;
import io.ruche.worker.availability.MachineFacts;
import io.ruche.worker.availability.Reading;
import io.ruche.worker.availability.Sense;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what Linux tells in files, and what its tools say. */
public final class LinuxMachine implements Machine {
  /** Just under that of the looks, so that each brings a reading of its own. */
  private static final Duration PERIOD = Duration.ofMillis(900);

  private final AvailabilitySettings settings;
  private final OtherLoadMeter load;
  private final Sampled<Duration> user;
  private final Sampled<Double> surplus;
  private final InstantSource clock;

  private LinuxMachine(
      AvailabilitySettings settings,
      OtherLoadMeter load,
      Sampled<Duration> user,
      InstantSource clock) {
    this.settings = settings;
    this.load = load;
    this.user = user;
    this.clock = clock;
    surplus = surplus(settings.surplusMeter(), clock);
  }

  /** The machine below us; on other systems than Linux nothing is known of it. */
  public static Machine of(AvailabilitySettings settings, InstantSource clock) {
    return of(OperatingSystem.current(), settings, clock);
  }

  static Machine of(OperatingSystem system, AvailabilitySettings settings, InstantSource clock) {
    if (system != OperatingSystem.LINUX) {
      return senses -> MachineFacts.unknown("it is not read on %s yet".formatted(system));
    }
    var load = new OtherLoadMeter(Path.of("/proc"), OtherLoadMeter::thisTree);
    var activity = new UserActivity(UserActivity.Tools.USUAL, clock);
    var user = new Sampled<>(activity::idle, PERIOD, Sampled.Patience.USUAL, clock);
    return new LinuxMachine(settings, load, user, clock);
  }

  private static Sampled<Double> surplus(String source, InstantSource clock) {
    var meter = new SurplusMeter(source, clock);
    return new Sampled<>(meter::watts, PERIOD, Sampled.Patience.USUAL, clock);
  }

  @Override
  public Machine with(AvailabilitySettings next) {
    return new LinuxMachine(next, load, user, clock);
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
            senses, Sense.TEMPERATURE, () -> ThermalZones.hottestCelsius(settings.thermalZones())),
        Reading.unknown("not asked for"));
  }

  private static PowerSupplies notAsked() {
    return new PowerSupplies(Reading.unknown("not asked for"), Reading.unknown("not asked for"));
  }

  private static <T> Reading<T> asked(Set<Sense> senses, Sense sense, Supplier<Reading<T>> read) {
    return senses.contains(sense) ? read.get() : Reading.unknown("not asked for");
  }
}
