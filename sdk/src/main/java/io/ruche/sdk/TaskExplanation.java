package io.ruche.sdk;

/**
 * Where a task stands, in words.
 *
 * @param sentence what the chain shows
 * @param next a command that helps on; empty when there is only waiting
 */
public record TaskExplanation(TaskStage stage, String sentence, String next) {}
