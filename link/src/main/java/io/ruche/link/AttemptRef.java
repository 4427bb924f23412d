package io.ruche.link;

import io.ruche.core.TaskId;

/** One numbered run of a task by one worker; a task that is given out again gets a new number. */
public record AttemptRef(TaskId task, int attempt) {}
