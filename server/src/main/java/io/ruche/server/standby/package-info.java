/**
 * A server that waits for the master of its database to fall silent, and takes over; ADR 12. Knows
 * nothing of the chain or of pools.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.standby;
