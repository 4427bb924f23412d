package io.ruche.server.pool;

import java.util.List;

/** One connection to a worker; sends messages in order. Any thread may call. */
interface Wire {
  /** From now on what waits together may share a frame. */
  void join();

  /** Queues messages; false when too many wait already or the connection is gone. */
  boolean send(List<String> messages);

  /** The same for one. */
  default boolean send(String message) {
    return send(List.of(message));
  }

  /** See {@link AddressRange}; empty when it says nothing. */
  default String addressRange() {
    return "";
  }

  /** Sends what is queued, then closes. */
  void close(String reason);
}
