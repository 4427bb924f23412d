package io.ruche.agent.availability;

import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.core.Power;
import io.ruche.core.RucheException;
import io.ruche.sandbox.OperatingSystem;
import io.ruche.worker.Event;
import io.ruche.worker.availability.Availability;
import io.ruche.worker.availability.Condition;
import io.ruche.worker.availability.MachineFacts;
import io.ruche.worker.availability.Moment;
import io.ruche.worker.availability.Outlook;
import io.ruche.worker.availability.OwnerWord;
import io.ruche.worker.availability.Reading;
import io.ruche.worker.availability.Rule;
import io.ruche.worker.availability.Sense;
import io.ruche.worker.availability.Stance;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
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
  private AvailabilitySettings settings;
  private OwnerWord lastWord = OwnerWord.WORK;
  private StatusFile.@Nullable Status written;
  private Stance told = Stance.WORK;
  private Power toldPower = Power.UNKNOWN;
  private String lastTrouble = "";

  /**
   * What the watch works with.
   *
   * @param reload new settings, empty while they have not changed
   * @param tasks attempts that are held
   * @param tally what was done
   * @param slots runs at once
   * @param freeBytes space on the disk where runs keep their files
   * @param minFreeMiB less than so much of it, and no work is taken
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
      LongSupplier freeBytes,
      int minFreeMiB,
      Consumer<Event> events,
      Consumer<RucheException> trouble,
      Consumer<RuntimeException> defect) {}

  private AvailabilityWatch(Parts parts) {
    this.parts = parts;
    settings = parts.settings();
    availability = new Availability(ruleOf(settings), graceOf(settings));
    machine = LinuxMachine.of(settings, parts.clock());
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

  private Rule ruleOf(AvailabilitySettings settings) {
    return settings.rule().and(new Condition.FreeDisk(parts.minFreeMiB()));
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
    var facts = machine.look(senses()).withFreeDiskMiB(freeDiskMiB());
    tellPower(facts);
    var moment = new Moment(parts.clock().instant(), ZoneId.systemDefault(), facts);
    var outlook = availability.look(moment, word());
    if (outlook.stance() != told) {
      told = outlook.stance();
      parts.events().accept(new Event.StanceTaken(told, outlook.why()));
    }
    write(outlook);
  }

  private Reading<Long> freeDiskMiB() {
    try {
      return Reading.of(parts.freeBytes().getAsLong() >> 20);
    } catch (RucheException e) {
      return Reading.unknown(e.sentence());
    }
  }

  /** What the owner's rule asks for, and what the machine runs on. */
  private Set<Sense> senses() {
    var senses = EnumSet.of(Sense.MAINS);
    senses.addAll(availability.rule().senses());
    if (!settings.surplusMeter().isEmpty()) {
      senses.add(Sense.SURPLUS);
    }
    return senses;
  }

  /** What a machine at work draws is in its meter already. */
  private void tellPower(MachineFacts facts) {
    boolean isAtWork = parts.tasks().getAsInt() > 0;
    var source = facts.source(isAtWork ? 0 : settings.powerWatts());
    int slotWatts = Math.ceilDiv(settings.powerWatts(), parts.slots());
    var power = new Power(source, Math.min(slotWatts, Power.MAX_SLOT_WATTS));
    if (!power.equals(toldPower)) {
      toldPower = power;
      parts.events().accept(new Event.PowerSeen(power));
    }
  }

  private void reload() {
    try {
      parts.reload().get().ifPresent(next -> {
        availability.change(ruleOf(next), graceOf(next));
        machine = machine.with(next);
        settings = next;
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
        outlook,
        parts.tasks().getAsInt(),
        process,
        parts.tally().get(),
        parts.slots(),
        settings.powerWatts());
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
