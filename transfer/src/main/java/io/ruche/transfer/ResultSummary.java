package io.ruche.transfer;

import io.ruche.core.Digest;

/**
 * A result as the protocol sees it.
 *
 * @param callbackData what a waiting contract gets, 0x-prefixed hex; {@code 0x} when there is none
 * @param isReferenceRule whether a computed.json decided the digest, which then ignores sub-folders
 */
public record ResultSummary(
    Digest digest, String callbackData, boolean isReferenceRule, int files, long totalBytes) {}
