package io.ruche.cli.demo;

import io.ruche.chain.hub.Account;
import io.ruche.chain.hub.Hub;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What everybody has in the hub at one moment, free and locked together.
 *
 * @param held the hub's own token balance, which must be the sum of all accounts
 */
public record Books(SequencedMap<Party, TokenAmount> balances, TokenAmount held) {
  /** The account that stakes of failing pools go to. */
  public static final Address KITTY = new Address("0x99c2268479b93fDe36232351229815DF80837e23");

  /** Somebody with an account. */
  public record Party(String name, Address address) {}

  /** What somebody gained, or lost when negative, in nano units. */
  public record Payment(Party party, BigInteger nano) {
    public String text() {
      var amount = new TokenAmount(nano.abs()).toString();
      return (nano.signum() < 0 ? "-" : "+") + amount;
    }
  }

  static Books read(Hub hub, List<Party> parties) {
    var all = new ArrayList<>(parties);
    all.add(new Party("kitty", KITTY));
    var accounts = hub.accounts(all.stream().map(Party::address).toList());
    var balances = new LinkedHashMap<Party, TokenAmount>();
    for (int i = 0; i < all.size(); i++) {
      balances.put(all.get(i), total(accounts.get(i)));
    }
    return new Books(balances, hub.tokenBalance(hub.address()));
  }

  TokenAmount sum() {
    return balances.values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  /** True when the accounts hold just what the hub holds, now as before. */
  boolean isConservedSince(Books before) {
    return sum().equals(before.sum()) && sum().equals(held) && held.equals(before.held);
  }

  /** Everybody whose balance changed since then. */
  List<Payment> since(Books before) {
    var payments = new ArrayList<Payment>();
    balances.forEach((party, now) -> {
      var then = before.balances.getOrDefault(party, TokenAmount.ZERO);
      var change = now.nano().subtract(then.nano());
      if (change.signum() != 0) {
        payments.add(new Payment(party, change));
      }
    });
    return payments;
  }

  private static TokenAmount total(Account account) {
    return account.free().plus(account.locked());
  }
}
