package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;

/** The pool owner's hand. Signing the same twice gives the same bytes; any thread may call. */
public interface PoolSigner {
  Address owner();

  /** Leave for the worker to contribute to the task. */
  Signature authorize(Address worker, TaskId task);
}
