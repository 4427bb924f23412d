/**
 * The machine under the worker: reads the facts that the owner's rule asks for, hears the owner,
 * stops and continues runs, and writes down how things stand. What follows from the facts is
 * decided in {@code io.ruche.worker.availability}.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.agent.availability;
