/**
 * The pure engine of a worker: takes events and the time, gives back facts to keep and commands to
 * carry out. It decides what is run, contributed and revealed, and makes sure that nothing is sent
 * before it is on disk and that no task ever gets two different digests. Knows no socket, file,
 * chain client or clock.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.worker;
