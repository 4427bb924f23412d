/**
 * Data in and out of a machine: downloads whose checksum is verified while they stream, a cache
 * keyed by content, a store that speaks CIDs, result archives and the digest of a result folder.
 * Every byte that comes in here was written by a stranger. Knows nothing of chains, tasks or
 * sandboxes.
 */
@NullMarked
package io.ruche.transfer;

import org.jspecify.annotations.NullMarked;
