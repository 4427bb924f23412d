/**
 * The worker's process: reads its settings, holds its wallet, and carries out what the engine of
 * {@code io.ruche.worker} decides. Contains wiring and words for people; decisions live in the
 * engine.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.agent;
