package io.ruche.sdk;

import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deals and tasks as the hub has them. A later call may show an older state after a reorg. */
public interface Deals {
  /** Empty when no deal has this id. */
  Optional<Deal> deal(DealId id);

  /** One answer for each id, in order; status UNSET for tasks that nobody initialised yet. */
  List<OnChainTask> tasks(List<TaskId> ids);

  /** Time of the newest block, which the hub compares deadlines with. */
  Instant now();
}
