package io.ruche.agent.state;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose contributions a home holds. Digests are sealed with the worker's address, so what one
 * worker contributed another cannot reveal.
 */
public final class WorkerMark {
  static final String FILE = "worker";

  private WorkerMark() {}

  /** The worker whose home this is; empty when none ever worked here. */
  public static Optional<Address> read(Path home) {
    try {
      return Optional.of(new Address(Files.readString(home.resolve(FILE)).strip()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the worker's address.
   *
   * @param holdsNothing whether the home may change hands
   * @throws RucheException HOME_OF_OTHER_WORKER
   */
  public static void claim(Path home, Address worker, boolean holdsNothing) {
    var file = home.resolve(FILE);
    try {
      var before = Files.exists(file) ? Files.readString(file).strip() : "";
      if (before.equals(worker.hex())) {
        return;
      }
      if (!before.isEmpty() && !holdsNothing) {
        throw new RucheException(
            "HOME_OF_OTHER_WORKER",
            "%s holds open work of worker %s, expected %s.".formatted(home, before, worker.hex()),
            "Start it with the former --account until that is settled, or take another --home.",
            false);
      }
      Files.writeString(file, worker.hex() + "\n");
    } catch (IOException e) {
      throw new RucheException(
          "STATE_UNWRITABLE", "cannot use %s: %s.".formatted(file, e), "Check the disk.", false, e);
    }
  }
}
