package io.ruche.scheduler;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a machine has what the tasks of a deal need. */
final class MachineFit {
  private static final Check[] CHECKS = {
    MachineFit::runtime,
    MachineFit::memory,
    MachineFit::cpus,
    MachineFit::disk,
    MachineFit::arch,
    MachineFit::group
  };

  private interface Check {
    @Nullable
    Reason lack(WorkerSession worker, OpenDeal deal, Admission admission);
  }

  private MachineFit() {}

  /** What is missing first; null when nothing is. */
  static @Nullable Reason lack(WorkerSession worker, OpenDeal deal, Admission admission) {
    for (var check : CHECKS) {
      var lack = check.lack(worker, deal, admission);
      if (lack != null) {
        return lack;
      }
    }
    return null;
  }

  /** All that is missing. */
  static List<Reason> lacks(WorkerSession worker, OpenDeal deal, Admission admission) {
    return Arrays.stream(CHECKS)
        .map(check -> check.lack(worker, deal, admission))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable Reason runtime(
      WorkerSession worker, OpenDeal deal, Admission admission) {
    return worker.offer().runtimes().contains(deal.runtime())
        ? null
        : new Reason.MissingRuntime(worker.worker(), deal.runtime());
  }

  private static @Nullable Reason memory(WorkerSession worker, OpenDeal deal, Admission admission) {
    int asked = deal.limits().memoryMiB();
    return atLeast(worker, "%d MiB of memory", asked, worker.offer().memoryMiB());
  }

  private static @Nullable Reason cpus(WorkerSession worker, OpenDeal deal, Admission admission) {
    int cpus = machine(worker).cpus();
    return atLeast(worker, "%d processors for a task", deal.machineNeeds().cpus(), cpus);
  }

  private static @Nullable Reason disk(WorkerSession worker, OpenDeal deal, Admission admission) {
    long asked = deal.machineNeeds().diskMiB();
    return atLeast(worker, "%d MiB of disk space", asked, worker.offer().diskMiB());
  }

  private static @Nullable Reason arch(WorkerSession worker, OpenDeal deal, Admission admission) {
    var asked = deal.machineNeeds().arch();
    var offered = machine(worker).arch();
    return asked.isEmpty() || asked.equals(offered)
        ? null
        : lacks(worker, "architecture %s", asked, offered);
  }

  /** The machine says that it belongs to it, and the pool's operator says so of its worker. */
  private static @Nullable Reason group(WorkerSession worker, OpenDeal deal, Admission admission) {
    var group = deal.machineNeeds().group();
    boolean isListed = admission.isMember(worker.worker(), group);
    boolean isMember = isListed && machine(worker).groups().contains(group);
    return group.isEmpty() || isMember
        ? null
        : new Reason.NotInGroup(worker.worker(), group, isListed);
  }

  private static WorkerOffer.Machine machine(WorkerSession worker) {
    var machine = worker.offer().machine();
    return machine == null ? WorkerOffer.Machine.PLAIN : machine;
  }

  private static @Nullable Reason atLeast(
      WorkerSession worker, String text, long asked, long offered) {
    return offered >= asked ? null : lacks(worker, text, asked, offered);
  }

  private static Reason lacks(WorkerSession worker, String text, Object asked, Object offered) {
    return new Reason.Lacks(worker.worker(), text.formatted(asked), text.formatted(offered));
  }
}
