package io.ruche.agent.task;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.core.MachineNeeds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this machine has for one run, as its owner offers it.
 *
 * @param arch as {@link MachineNeeds} names it
 */
public record OfferedMachine(int cpus, int memoryMiB, String arch, List<String> groups) {
  public OfferedMachine {
    groups = List.copyOf(groups);
  }

  /** Each slot gets its share of the processors. */
  public static OfferedMachine of(AgentSettings settings) {
    return new OfferedMachine(
        Math.max(1, Runtime.getRuntime().availableProcessors() / settings.slots()),
        settings.memoryMiB(),
        MachineNeeds.archOf(System.getProperty("os.arch", "")),
        settings.groups());
  }

  /** Why this machine cannot run what needs so much, though another one may; null when it can. */
  @Nullable
  String obstacle(MachineNeeds needs, long freeMiB) {
    if (needs.cpus() > cpus) {
      return "this worker gives a task %d processors, not %d".formatted(cpus, needs.cpus());
    }
    if (needs.memoryMiB() > memoryMiB) {
      return "this worker gives a task %d MiB of memory, not %d"
          .formatted(memoryMiB, needs.memoryMiB());
    }
    if (needs.diskMiB() > freeMiB) {
      return "this worker has %d MiB of free disk space, not %d"
          .formatted(freeMiB, needs.diskMiB());
    }
    if (!needs.arch().isEmpty() && !needs.arch().equals(arch)) {
      return "this worker is of architecture %s, not %s".formatted(arch, needs.arch());
    }
    if (!needs.group().isEmpty() && !groups.contains(needs.group())) {
      return "this worker belongs to the groups %s, not to %s".formatted(groups, needs.group());
    }
    return null;
  }
}
