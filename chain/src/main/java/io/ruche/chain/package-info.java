/**
 * What the rest of Ruche needs to name a call on a chain. The parts live in the packages below:
 * {@code rpc} talks JSON-RPC, {@code wallet} signs, {@code tx} sends, {@code log} follows events,
 * {@code hub} speaks the hub's interface in core records, {@code dev} runs a development chain.
 * None of it knows schedulers, workers or storage.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain;
