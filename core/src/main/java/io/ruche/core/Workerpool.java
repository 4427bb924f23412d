package io.ruche.core;

/**
 * A registered workerpool.
 *
 * @param workerStakeRatio percent of the pool's price that a worker stakes per contribution
 * @param schedulerRewardRatio percent of the reward that the pool keeps
 */
public record Workerpool(
    Address address,
    Address owner,
    String description,
    long workerStakeRatio,
    long schedulerRewardRatio) {}
