/**
 * The brain of a workerpool: which task is initialised, who runs it, who may contribute, what is
 * certified as a failure, when a task is finalized. Events and the time come in, durable facts and
 * commands go out. Knows nothing of sockets, wire messages, databases or the chain client, reads no
 * clock, and is called from one thread.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.scheduler;
