package io.ruche.cli.demo.chess;

import io.ruche.chain.hub.Hub;
import io.ruche.cli.demo.Books.Party;
import io.ruche.cli.demo.Books.Payment;
import io.ruche.core.TokenAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What everybody has at one moment, in the hub and outside of it.
 *
 * @param inHub sum of all deposits
 * @param held what the hub holds, which must be that sum
 */
record Wealth(SequencedMap<Party, TokenAmount> owned, TokenAmount inHub, TokenAmount held) {

  static Wealth read(Hub hub, List<Party> parties) {
    var owned = new LinkedHashMap<Party, TokenAmount>();
    var inHub = TokenAmount.ZERO;
    var accounts = hub.accounts(parties.stream().map(Party::address).toList());
    for (int i = 0; i < parties.size(); i++) {
      var deposit = accounts.get(i).free().plus(accounts.get(i).locked());
      inHub = inHub.plus(deposit);
      owned.put(parties.get(i), deposit.plus(hub.tokenBalance(parties.get(i).address())));
    }
    return new Wealth(owned, inHub, hub.tokenBalance(hub.address()));
  }

  TokenAmount sum() {
    return owned.values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  /** True when nothing was made or lost, and the hub holds just what its accounts say. */
  boolean isConservedSince(Wealth before) {
    return sum().equals(before.sum()) && inHub.equals(held);
  }

  /** Everybody who has more or less than then. */
  List<Payment> since(Wealth before) {
    var payments = new ArrayList<Payment>();
    owned.forEach((party, now) -> {
      var then = before.owned.getOrDefault(party, TokenAmount.ZERO);
      var change = now.nano().subtract(then.nano());
      if (change.signum() != 0) {
        payments.add(new Payment(party, change));
      }
    });
    return payments;
  }
}
