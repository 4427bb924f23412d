package io.ruche.sdk;

import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;

/**
 * Three offers that go together, and how many tasks are bought of them. One lot becomes one deal.
 *
 * @param firstTask index of its first task in the request order
 */
public record Lot(
    AppOrder app, DatasetOrder dataset, WorkerpoolOrder workerpool, long firstTask, long tasks) {
  public TokenAmount pricePerTask() {
    return app.price().plus(dataset.price()).plus(workerpool.price());
  }

  public TokenAmount price() {
    return pricePerTask().times(tasks);
  }
}
