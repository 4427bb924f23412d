/**
 * Values and rules that every part shares: ids, orders and their EIP-712 hashes, deals and tasks,
 * consensus arithmetic, result digests, money. Pure: no file, socket, thread, clock or logger.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.core;
