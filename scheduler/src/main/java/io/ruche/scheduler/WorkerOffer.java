package io.ruche.scheduler;

import io.ruche.core.MachineNeeds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's machine offers.
 *
 * @param slots attempts it runs at once
 * @param runtimes app types it can run, such as {@code WASM}
 * @param knowsCancel its software can stop what the requester cancels
 * @param claimedFuelPerSecond of one processor, as the worker says; 0 when it does not
 * @param machine null when its software is too old to know that tasks may need one
 */
public record WorkerOffer(
    int slots,
    int memoryMiB,
    long diskMiB,
    List<String> runtimes,
    boolean knowsCancel,
    long claimedFuelPerSecond,
    @Nullable Machine machine) {
  public WorkerOffer {
    runtimes = List.copyOf(runtimes);
  }

  /**
   * What kind of machine it is.
   *
   * @param cpus processors for one attempt
   * @param arch kind of processor, as {@link MachineNeeds} names it
   * @param groups that its owner says it belongs to
   * @param weaknesses what it cannot limit as well as others can, for people
   */
  public record Machine(int cpus, String arch, List<String> groups, List<String> weaknesses) {
    /** Of which nothing is said. */
    public static final Machine PLAIN = new Machine(1, "", List.of(), List.of());

    public Machine {
      groups = List.copyOf(groups);
      weaknesses = List.copyOf(weaknesses);
    }
  }

  /** Of software of today, without a claim of speed. */
  public WorkerOffer(int slots, int memoryMiB, long diskMiB, List<String> runtimes) {
    this(slots, memoryMiB, diskMiB, runtimes, true, 0, Machine.PLAIN);
  }

  /** Kind of its processor, as {@link MachineNeeds} names it; empty when that is not known. */
  String architecture() {
    return machine == null ? "" : machine.arch();
  }

  /** The same on this machine. */
  public WorkerOffer withMachine(Machine newMachine) {
    return new WorkerOffer(
        slots, memoryMiB, diskMiB, runtimes, knowsCancel, claimedFuelPerSecond, newMachine);
  }
}
