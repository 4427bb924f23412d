package io.ruche.scheduler;

/** Something that asks to be looked at again at a given time. */
sealed interface Wakeable permits PoolTask, WorkerSession {}
