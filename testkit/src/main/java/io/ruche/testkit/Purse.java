package io.ruche.testkit;

import io.ruche.core.TokenAmount;

/** An account of the hub: free deposit and what is locked. */
public record Purse(TokenAmount stake, TokenAmount locked) {
  public static final Purse EMPTY = new Purse(TokenAmount.ZERO, TokenAmount.ZERO);
}
