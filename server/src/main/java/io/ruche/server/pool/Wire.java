package io.ruche.server.pool;

/** One connection to a worker; sends texts in order. Any thread may call. */
interface Wire {
  /** Queues a text; false when too many wait already or the connection is gone. */
  boolean send(String text);

  /** See {@link AddressRange}; empty when it says nothing. */
  default String addressRange() {
    return "";
  }

  /** Sends what is queued, then closes. */
  void close(String reason);
}
