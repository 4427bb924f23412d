package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Resource;
import io.ruche.core.TokenAmount;

/**
 * What four matched orders would say, without the orders.
 *
 * @param workerStakeRatio percent of the pool's price that a worker stakes
 * @param schedulerRewardRatio percent of the reward that the pool keeps
 */
public record MatchTerms(
    Resource app,
    Resource dataset,
    Resource workerpool,
    Address requester,
    Address callback,
    long trust,
    long category,
    long volume,
    String params,
    long workerStakeRatio,
    long schedulerRewardRatio) {

  public MatchTerms withTrust(long newTrust) {
    return new MatchTerms(
        app,
        dataset,
        workerpool,
        requester,
        callback,
        newTrust,
        category,
        volume,
        params,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  public MatchTerms withVolume(long newVolume) {
    return new MatchTerms(
        app,
        dataset,
        workerpool,
        requester,
        callback,
        trust,
        category,
        newVolume,
        params,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  public MatchTerms withCategory(long newCategory) {
    return new MatchTerms(
        app,
        dataset,
        workerpool,
        requester,
        callback,
        trust,
        newCategory,
        volume,
        params,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  public MatchTerms withParams(String newParams) {
    return new MatchTerms(
        app,
        dataset,
        workerpool,
        requester,
        callback,
        trust,
        category,
        volume,
        newParams,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  public MatchTerms withCallback(Address newCallback) {
    return new MatchTerms(
        app,
        dataset,
        workerpool,
        requester,
        newCallback,
        trust,
        category,
        volume,
        params,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  public MatchTerms withRequester(Address newRequester) {
    return new MatchTerms(
        app,
        dataset,
        workerpool,
        newRequester,
        callback,
        trust,
        category,
        volume,
        params,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  public MatchTerms withPoolPrice(TokenAmount price) {
    return with(dataset, new Resource(workerpool.address(), workerpool.owner(), price));
  }

  /** With the sample dataset, for half a million nano. */
  public MatchTerms withDataset() {
    var price = TokenAmount.ofNano(500_000);
    return with(new Resource(Sample.DATASET, Sample.DATASET_OWNER, price), workerpool);
  }

  private MatchTerms with(Resource newDataset, Resource newPool) {
    return new MatchTerms(
        app,
        newDataset,
        newPool,
        requester,
        callback,
        trust,
        category,
        volume,
        params,
        workerStakeRatio,
        schedulerRewardRatio);
  }

  /** An app for 1, a dataset for none and a pool for 10 million nano, worker stake 30 percent. */
  public static MatchTerms standard() {
    return new MatchTerms(
        new Resource(Sample.APP, Sample.APP_OWNER, TokenAmount.ofNano(1_000_000)),
        new Resource(Address.ZERO, Address.ZERO, TokenAmount.ZERO),
        new Resource(Sample.POOL, Sample.POOL_OWNER, TokenAmount.ofNano(10_000_000)),
        Sample.REQUESTER,
        Address.ZERO,
        1,
        0,
        1,
        "",
        30,
        1);
  }
}
