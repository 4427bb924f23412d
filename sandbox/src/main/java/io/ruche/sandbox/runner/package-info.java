/**
 * The program of a runner process: takes runs from standard input, executes them one at a time,
 * answers on standard output. It ends when its input ends, so it never outlives the agent. It must
 * not know keys, sockets, or anything of the market.
 */
@NullMarked
package io.ruche.sandbox.runner;

import org.jspecify.annotations.NullMarked;
