package io.ruche.agent.availability;

import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.core.RucheException;
import io.ruche.sandbox.OperatingSystem;
import io.ruche.worker.Event;
import io.ruche.worker.availability.Availability;
import io.ruche.worker.availability.Moment;
import io.ruche.worker.availability.Outlook;
import io.ruche.worker.availability.OwnerWord;
import io.ruche.worker.availability.Stance;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the machine, the owner's word and the settings each second, and tells the engine when
 * the stance changes. The first look is taken by the caller of {@link #start}, before it returns.
 */
public final class AvailabilityWatch implements AutoCloseable {
  static final Duration PERIOD = Duration.ofSeconds(1);

  private final Parts parts;
  private final Availability availability;
  private final OwnerFile owner;
  private final StatusFile status;
  private final ProcessMark process = ProcessMark.current();
  private final Thread thread;
  private Machine machine;
  private int powerWatts;
  private OwnerWord lastWord = OwnerWord.WORK;
  private StatusFile.@Nullable Status written;
  private Stance told = Stance.WORK;
  private String lastTrouble = "";

  /**
   * What the watch works with.
   *
   * @param reload new settings, empty while they have not changed
   * @param tasks attempts that are held
   * @param tally what was done
   * @param slots runs at once
   * @param trouble told once for each new trouble
   * @param defect told when the watch broke: the owner is not heard any more
   */
  public record Parts(
      AvailabilitySettings settings,
      Supplier<Optional<AvailabilitySettings>> reload,
      OwnerFile owner,
      StatusFile status,
      InstantSource clock,
      IntSupplier tasks,
      Supplier<Tally> tally,
      int slots,
      Consumer<Event> events,
      Consumer<RucheException> trouble,
      Consumer<RuntimeException> defect) {}

  private AvailabilityWatch(Parts parts) {
    this.parts = parts;
    var settings = parts.settings();
    availability = new Availability(settings.rule(), graceOf(settings));
    machine = LinuxMachine.of(settings, parts.clock());
    powerWatts = settings.powerWatts();
    owner = parts.owner();
    status = parts.status();
    thread = Thread.ofVirtual().name("availability").unstarted(this::run);
  }

  public static AvailabilityWatch start(Parts parts) {
    var watch = new AvailabilityWatch(parts);
    watch.look();
    watch.thread.start();
    return watch;
  }

  /** Where a run cannot stand still, the owner gets the machine back all the same. */
  private static Duration graceOf(AvailabilitySettings settings) {
    return OperatingSystem.current().canStopProcesses() ? settings.grace() : Duration.ZERO;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      parts.defect().accept(e);
    }
  }

  private void look() {
    reload();
    var senses = availability.rule().senses();
    var moment = new Moment(parts.clock().instant(), ZoneId.systemDefault(), machine.look(senses));
    var outlook = availability.look(moment, word());
    if (outlook.stance() != told) {
      told = outlook.stance();
      parts.events().accept(new Event.StanceTaken(told, outlook.why()));
    }
    write(outlook);
  }

  private void reload() {
    try {
      parts.reload().get().ifPresent(settings -> {
        availability.change(settings.rule(), graceOf(settings));
        machine = machine.with(settings);
        powerWatts = settings.powerWatts();
        lastTrouble = "";
      });
    } catch (RucheException e) {
      tell(e);
    }
  }

  private OwnerWord word() {
    try {
      lastWord = owner.read();
    } catch (RucheException e) {
      tell(e);
    }
    return lastWord;
  }

  private void write(Outlook outlook) {
    var next = new StatusFile.Status(
        outlook, parts.tasks().getAsInt(), process, parts.tally().get(), parts.slots(), powerWatts);
    if (!next.equals(written)) {
      try {
        status.write(next);
        written = next;
      } catch (RucheException e) {
        tell(e);
      }
    }
  }

  private void tell(RucheException trouble) {
    if (!trouble.sentence().equals(lastTrouble)) {
      lastTrouble = trouble.sentence();
      parts.trouble().accept(trouble);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PERIOD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
