package io.ruche.sdk;

import io.ruche.core.Address;
import java.util.HashMap;
import java.util.Map;

/**
 * The hub's rule for restrictions: zero lets anybody in, an address lets itself in, a group
 * contract its members. Remembers group answers; for one quote, on one thread.
 */
final class Restrictions {
  private record Membership(Address group, Address account) {}

  private final ChainView chain;
  private final Map<Membership, Boolean> known = new HashMap<>();

  Restrictions(ChainView chain) {
    this.chain = chain;
  }

  boolean permits(Address restriction, Address account) {
    return restriction.isZero()
        || restriction.equals(account)
        || known.computeIfAbsent(
            new Membership(restriction, account),
            key -> chain.isMember(key.group(), key.account()));
  }
}
