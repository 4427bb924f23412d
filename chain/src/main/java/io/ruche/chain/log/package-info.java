/**
 * Following the hub's events from a block on, through reorgs, outages and restarts. Knows events,
 * not what they mean.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.log;
