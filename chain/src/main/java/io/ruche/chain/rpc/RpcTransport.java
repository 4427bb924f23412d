package io.ruche.chain.rpc;

/**
 * Carries one JSON text to a node and brings its answer. The caller may not assume that a request
 * that failed was not carried out, nor that two answers come from the same node or the same block.
 */
@FunctionalInterface
public interface RpcTransport {
  /** Throws {@code CHAIN_UNREACHABLE} when there is no complete answer in time. */
  String exchange(String requestBody);

  /** How errors name the node. */
  default String endpoint() {
    return "the node";
  }
}
