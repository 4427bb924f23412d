package io.ruche.sandbox.oci;

import java.util.ArrayList;
import java.util.List;

/**
 * What an engine can enforce on this machine.
 *
 * @param memory a limit on all memory of a container
 * @param pids a limit on its processes
 * @param cpu a limit on its processor time
 * @param freezer its processes can be made to stand still as one
 */
record EnginePowers(String version, boolean memory, boolean pids, boolean cpu, boolean freezer) {
  /** The controllers of the kernel's control groups that the engine may use. */
  static EnginePowers ofControllers(String version, boolean hasGroups, List<String> controllers) {
    boolean isSecondVersion = hasGroups && !controllers.contains("freezer");
    return new EnginePowers(
        version,
        hasGroups && controllers.contains("memory"),
        hasGroups && controllers.contains("pids"),
        hasGroups && controllers.contains("cpu"),
        hasGroups && (isSecondVersion || controllers.contains("freezer")));
  }

  /** What is missing and what stands in for it, for the owner to read; empty when nothing is. */
  List<String> gaps() {
    var gaps = new ArrayList<String>();
    if (!memory) {
      gaps.add("no memory limit for a whole app, only for each of its processes");
    }
    if (!pids) {
      gaps.add("processes are counted per user, not per app");
    }
    if (!cpu) {
      gaps.add("no limit on processor time");
    }
    if (!freezer) {
      gaps.add("pausing works by signals");
    }
    return gaps;
  }
}
