package io.ruche.chain.hub;

import io.ruche.core.TokenAmount;

/**
 * Escrow of an account on the hub.
 *
 * @param free can be withdrawn or locked
 * @param locked bound to deals and contributions under way
 */
public record Account(TokenAmount free, TokenAmount locked) {}
