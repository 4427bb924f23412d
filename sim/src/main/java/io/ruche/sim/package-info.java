/**
 * A whole pool in one thread: the real scheduler and worker engines over a simulated network, chain
 * and clock, with crashes, lies, lost messages and reorgs drawn from a seed. The same seed gives
 * the same trace. Uses no adapter.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.sim;
