/**
 * Makes a module behave the same on every engine: the rewritten module counts its own fuel, limits
 * its own call depth and memory, and shows only canonical NaNs. Bytes in, bytes out; knows the
 * binary format, but no engine, file or clock.
 */
@NullMarked
package io.ruche.sandbox.rewrite;

import org.jspecify.annotations.NullMarked;
