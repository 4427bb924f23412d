package io.ruche.scheduler;

import org.jspecify.annotations.Nullable;

/** Whether a machine has what the tasks of a deal need. */
final class MachineFit {
  private MachineFit() {}

  /** What is missing first; null when nothing is. */
  static @Nullable Reason lack(WorkerSession worker, OpenDeal deal, Admission admission) {
    var offer = worker.offer();
    var name = worker.worker();
    if (!offer.runtimes().contains(deal.runtime())) {
      return new Reason.MissingRuntime(name, deal.runtime());
    }
    int memoryMiB = deal.limits().memoryMiB();
    if (offer.memoryMiB() < memoryMiB) {
      return lacks(worker, "%d MiB of memory", memoryMiB, offer.memoryMiB());
    }
    var needs = deal.machineNeeds();
    var machine = offer.machine();
    if (needs.isNone() || machine == null) {
      return null;
    }
    if (machine.cpus() < needs.cpus()) {
      return lacks(worker, "%d processors for a task", needs.cpus(), machine.cpus());
    }
    if (offer.diskMiB() < needs.diskMiB()) {
      return lacks(worker, "%d MiB of disk space", needs.diskMiB(), offer.diskMiB());
    }
    if (!needs.arch().isEmpty() && !needs.arch().equals(machine.arch())) {
      return lacks(worker, "architecture %s", needs.arch(), machine.arch());
    }
    return needs.group().isEmpty() ? null : notInGroup(worker, needs.group(), machine, admission);
  }

  /** The machine says that it belongs to it, and the pool's operator says so of its worker. */
  private static @Nullable Reason notInGroup(
      WorkerSession worker, String group, WorkerOffer.Machine machine, Admission admission) {
    boolean isListed = admission.isMember(worker.worker(), group);
    return machine.groups().contains(group) && isListed
        ? null
        : new Reason.NotInGroup(worker.worker(), group, isListed);
  }

  private static Reason lacks(WorkerSession worker, String text, Object asked, Object offered) {
    return new Reason.Lacks(worker.worker(), text.formatted(asked), text.formatted(offered));
  }
}
