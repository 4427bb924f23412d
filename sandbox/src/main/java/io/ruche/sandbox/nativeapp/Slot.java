package io.ruche.sandbox.nativeapp;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The place of one run among those at the same time.
 *
 * @param uid the user that the program is, to itself; to the machine only when the worker is root
 * @param processors numbers of those that the run may use
 */
record Slot(int uid, List<Integer> processors) {
  /** No user has these numbers by custom: above the system's, below those of containers. */
  static final int FIRST_UID = 407_000;

  Slot {
    processors = List.copyOf(processors);
  }

  /** As many slots, each with its share of the processors; they overlap when there are fewer. */
  static List<Slot> share(int slots, List<Integer> processors) {
    int each = Math.max(1, processors.size() / slots);
    return IntStream.range(0, slots)
        .mapToObj(slot -> new Slot(
            FIRST_UID + slot,
            IntStream.range(slot * each, (slot + 1) * each)
                .mapToObj(i -> processors.get(i % processors.size()))
                .toList()))
        .toList();
  }
}
