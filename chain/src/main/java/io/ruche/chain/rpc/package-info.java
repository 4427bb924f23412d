/**
 * JSON-RPC over HTTP to any Ethereum node: batches, time-outs, bounded answers, errors with stable
 * codes; and the one poller of new blocks that everything in a process shares. Knows no contract.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.rpc;
