/**
 * The server process: reads settings, wires pool, order board and data store behind one HTTP
 * origin, runs until it is told to stop. What a pool decides is the scheduler's business, not this
 * package's.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server;
