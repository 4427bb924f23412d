package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Tag;
import io.ruche.core.WorkerpoolOrder;
import java.util.Optional;

/**
 * The hub's rules between three orders and a demand (poco interface, section 5): restrictions each
 * way and tags.
 */
final class Pairing {
  /** Enclave kinds in a dataset's tag do not bind the pool. */
  private static final Tag DATASET_MASKED = Tag.ofBits(1, 2, 3);

  private final Restrictions restrictions;
  private final Demand demand;

  Pairing(Restrictions restrictions, Demand demand) {
    this.restrictions = restrictions;
    this.demand = demand;
  }

  /** Why the hub would refuse the three together; empty when it would not. */
  Optional<String> refusal(AppOrder app, DatasetOrder dataset, WorkerpoolOrder pool) {
    if (!permits(app.datasetRestrict(), demand.dataset())) {
      return Optional.of("the app order allows only dataset " + app.datasetRestrict());
    }
    if (!permits(app.workerpoolRestrict(), pool.workerpool())) {
      return Optional.of("the app order allows only pool " + app.workerpoolRestrict());
    }
    if (demand.hasDataset() && !permits(dataset.appRestrict(), demand.app())) {
      return Optional.of("the dataset order allows only app " + dataset.appRestrict());
    }
    if (demand.hasDataset() && !permits(dataset.workerpoolRestrict(), pool.workerpool())) {
      return Optional.of("the dataset order allows only pool " + dataset.workerpoolRestrict());
    }
    if (!permits(pool.appRestrict(), demand.app())) {
      return Optional.of("the pool order allows only app " + pool.appRestrict());
    }
    if (!permits(pool.datasetRestrict(), demand.dataset())) {
      return Optional.of("the pool order allows only dataset " + pool.datasetRestrict());
    }
    return tags(app.tag(), dataset.tag(), pool.tag());
  }

  private Optional<String> tags(Tag app, Tag dataset, Tag pool) {
    var wanted = app.or(dataset.without(DATASET_MASKED)).or(demand.tag());
    if (!pool.containsAll(wanted)) {
      return Optional.of("the pool's tag %s lacks a bit of the wanted %s".formatted(pool, wanted));
    }
    return wanted.has(Tag.TEE) && !app.has(Tag.TEE)
        ? Optional.of("the app order does not allow enclaves (tag bit 0)")
        : Optional.empty();
  }

  private boolean permits(Address restriction, Address account) {
    return restrictions.permits(restriction, account);
  }
}
