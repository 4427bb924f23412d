package io.ruche.core;

import java.time.Instant;

/**
 * A matched set of orders, as the hub's {@code viewDeal} gives it.
 *
 * @param params the request order's params, unread (see {@link DealParams})
 * @param botFirst index of the first task; tasks are botFirst .. botFirst + botSize - 1
 * @param workerStake stake a worker locks for each contribution
 * @param schedulerRewardRatio percent of the reward that the pool keeps
 */
public record Deal(
    DealId id,
    Resource app,
    Resource dataset,
    Resource workerpool,
    long trust,
    long categoryId,
    Tag tag,
    Address requester,
    Address beneficiary,
    Address callback,
    String params,
    Instant startTime,
    long botFirst,
    long botSize,
    TokenAmount workerStake,
    long schedulerRewardRatio,
    Address sponsor) {

  public TaskId taskId(long index) {
    return TaskId.of(id, index);
  }

  /** What the payer locks for one task. */
  public TokenAmount pricePerTask() {
    return app.price().plus(dataset.price()).plus(workerpool.price());
  }

  public boolean hasCallback() {
    return !callback.isZero();
  }

  /** What the contract that waits gets. Params that cannot be read ask for nothing. */
  public CallbackKind callbackKind() {
    if (!hasCallback()) {
      return CallbackKind.NONE;
    }
    return DealParams.asksForFailures(params)
        ? CallbackKind.ANSWER_OR_FAILURE
        : CallbackKind.ANSWER;
  }
}
