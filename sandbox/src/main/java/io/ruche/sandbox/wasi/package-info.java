/**
 * WASI preview 1 as a run sees it: two folders, arguments, variables, a clock that only moves when
 * it is read, and random bytes that follow from the seed. The same module with the same request
 * gets the same answers on every machine. Knows nothing of processes, limits on time, or the
 * market.
 */
@NullMarked
package io.ruche.sandbox.wasi;

import org.jspecify.annotations.NullMarked;
