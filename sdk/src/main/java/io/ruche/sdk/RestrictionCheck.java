package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Order;
import io.ruche.core.RequestOrder;
import io.ruche.core.WorkerpoolOrder;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds restrictions that nobody could ever satisfy: an address that is neither a resource of the
 * wanted kind nor a group. A requester may be any account.
 */
final class RestrictionCheck {
  private final HubView view;

  RestrictionCheck(HubView view) {
    this.view = view;
  }

  /** Refuses the order with RESTRICTION_UNKNOWN, or CALLBACK_UNKNOWN. */
  void require(Order order) {
    switch (order) {
      case AppOrder app -> {
        dataset(app.datasetRestrict());
        workerpool(app.workerpoolRestrict());
      }
      case DatasetOrder dataset -> {
        app(dataset.appRestrict());
        workerpool(dataset.workerpoolRestrict());
      }
      case WorkerpoolOrder pool -> {
        app(pool.appRestrict());
        dataset(pool.datasetRestrict());
      }
      case RequestOrder request -> {
        workerpool(request.workerpool());
        callback(request.callback());
      }
    }
  }

  void require(Audience audience) {
    app(audience.app());
    dataset(audience.dataset());
    workerpool(audience.workerpool());
  }

  private void app(Address restriction) {
    require("app", restriction, view::app);
  }

  private void dataset(Address restriction) {
    require("dataset", restriction, view::dataset);
  }

  private void workerpool(Address restriction) {
    require("workerpool", restriction, view::workerpool);
  }

  private void require(String kind, Address restriction, Function<Address, Optional<?>> resource) {
    if (!restriction.isZero()
        && resource.apply(restriction).isEmpty()
        && !view.isGroup(restriction)) {
      throw SdkErrors.restrictionUnknown(kind, restriction);
    }
  }

  private void callback(Address callback) {
    if (!callback.isZero() && !view.hasCode(callback)) {
      throw SdkErrors.callbackUnknown(callback);
    }
  }
}
