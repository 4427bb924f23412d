package io.ruche.transfer;

import io.ruche.core.Digest;
import io.ruche.core.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A result as the protocol sees it.
 *
 * @param callbackData what a waiting contract gets, 0x-prefixed hex; {@code 0x} when there is none
 * @param isReferenceRule whether a computed.json decided the digest, which then ignores sub-folders
 * @param failure the failure that workers agreed on; null for a real result
 */
public record ResultSummary(
    Digest digest,
    String callbackData,
    boolean isReferenceRule,
    @Nullable Failure failure,
    int files,
    long totalBytes) {}
