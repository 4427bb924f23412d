package io.ruche.sdk;

import io.ruche.core.TokenAmount;

/**
 * Money in the hub's escrow.
 *
 * @param free can be spent, staked or withdrawn
 * @param locked held by running deals
 */
public record Account(TokenAmount free, TokenAmount locked) {}
