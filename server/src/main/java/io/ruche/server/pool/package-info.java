/**
 * A running workerpool: one thread feeds the scheduler's engine, syncs its journal and carries out
 * its commands; sessions of workers and the chain's events come in, messages and transactions go
 * out. What is decided is the engine's business.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.pool;
