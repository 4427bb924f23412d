package io.ruche.scheduler;

/**
 * What the engine is told. Any event may come twice, and chain and worker events interleave freely.
 */
public sealed interface Event permits ChainEvent, WorkerEvent, ShellEvent {}
