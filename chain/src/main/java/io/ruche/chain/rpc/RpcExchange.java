package io.ruche.chain.rpc;

import io.ruche.core.RucheException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Requests and replies in batches; reads are tried again. Blocking; any thread may call. */
final class RpcExchange implements AutoCloseable {
  private static final long RETRY_PAUSE_NANOS = 100_000_000;
  private static final int MAX_PRUNED_TRIES = 20;

  private final RpcTransport transport;
  private final int readTries;
  private final int maxBatch;
  private final LongAdder failed = new LongAdder();

  RpcExchange(RpcTransport transport, int readTries, int maxBatch) {
    this.transport = transport;
    this.readTries = readTries;
    this.maxBatch = maxBatch;
  }

  String endpoint() {
    return transport.endpoint();
  }

  /** Exchanges that brought no usable answer, tries included. */
  long failed() {
    return failed.sum();
  }

  /** Replies in the order of the requests, tried again when the node cannot be reached. */
  List<RpcReply> read(List<RpcRequest> requests) {
    return inBatches(requests, this::exchangeWithRetry);
  }

  /** Replies in the order of the requests, each asked once. */
  List<RpcReply> once(List<RpcRequest> requests) {
    return inBatches(requests, this::exchange);
  }

  private List<RpcReply> inBatches(
      List<RpcRequest> requests, Function<List<RpcRequest>, List<RpcReply>> exchange) {
    var replies = new ArrayList<RpcReply>(requests.size());
    for (int from = 0; from < requests.size(); from += maxBatch) {
      var part = requests.subList(from, Math.min(requests.size(), from + maxBatch));
      replies.addAll(exchange.apply(part));
    }
    return replies;
  }

  private List<RpcReply> exchangeWithRetry(List<RpcRequest> requests) {
    for (int tries = 1; ; tries++) {
      try {
        return exchangeAtLatest(requests);
      } catch (RucheException e) {
        if (!e.isRetryable() || tries >= readTries || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_PAUSE_NANOS * tries);
      }
    }
  }

  /**
   * A dev chain without history drops a block's state as soon as the next is made; a read of the
   * latest that falls between two blocks is refused, and answered when asked again.
   */
  private List<RpcReply> exchangeAtLatest(List<RpcRequest> requests) {
    for (int tries = 1; ; tries++) {
      var replies = exchange(requests);
      if (tries == MAX_PRUNED_TRIES || replies.stream().noneMatch(RpcExchange::isOfPrunedBlock)) {
        return replies;
      }
    }
  }

  private static boolean isOfPrunedBlock(RpcReply reply) {
    return reply instanceof RpcReply.Refused(var _, var message, var _)
        && message.startsWith("BlockOutOfRange");
  }

  private List<RpcReply> exchange(List<RpcRequest> requests) {
    try {
      return JsonRpc.replies(requests, transport.exchange(JsonRpc.body(requests)));
    } catch (RucheException e) {
      failed.increment();
      throw e;
    }
  }

  @Override
  public void close() {
    if (transport instanceof HttpTransport http) {
      http.close();
    }
  }
}
