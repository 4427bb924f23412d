package io.ruche.cli.node;

import io.ruche.cli.Connection;
import io.ruche.cli.Session;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.OwnPool;
import java.util.function.Consumer;

/** A pool at the network's address, for its owner to tell what to do. */
final class OwnPoolSession {
  private OwnPoolSession() {}

  /**
   * Tells it.
   *
   * @return the workerpool
   * @throws RucheException NO_POOL, NOT_OPERATOR, or that it cannot be reached
   */
  static Address tell(Session session, Consumer<OwnPool> order) {
    try (var client = Connection.open(session)) {
      var text = client.market().status().path("pool").path("workerpool").asText();
      if (text.isEmpty()) {
        throw new RucheException(
            "NO_POOL",
            "the server at %s runs no pool.".formatted(session.network().market()),
            "Name the pool's network file with --network.",
            false);
      }
      var workerpool = new Address(text);
      try (var pool = client.pool(workerpool)) {
        order.accept(pool);
      }
      return workerpool;
    }
  }
}
