package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.util.Map;
import java.util.TreeMap;

/** The moves of money in the hub. What is seized is in nobody's purse until it is rewarded. */
final class HubEscrow {
  /** uint256(keccak256("iExecKitty")) - 1, as an address. */
  static final Address KITTY = new Address("0x99c2268479b93fde36232351229815df80837e23");

  private final Undo undo;
  private final Map<Address, Purse> purses = new TreeMap<>();
  private TokenAmount deposited = TokenAmount.ZERO;
  private TokenAmount held = TokenAmount.ZERO;

  HubEscrow(Undo undo) {
    this.undo = undo;
  }

  Purse purse(Address account) {
    return purses.getOrDefault(account, Purse.EMPTY);
  }

  Map<Address, Purse> purses() {
    return purses;
  }

  /** Everything that came in and did not go out. */
  TokenAmount deposited() {
    return deposited;
  }

  /** The sum of all purses, kept up at every move. */
  TokenAmount held() {
    return held;
  }

  void deposit(Address account, TokenAmount amount) {
    var former = deposited;
    undo.step(() -> deposited = former);
    deposited = deposited.plus(amount);
    reward(account, amount);
  }

  void withdraw(Address account, TokenAmount amount) {
    var purse = requireFree(account, amount);
    var former = deposited;
    undo.step(() -> deposited = former);
    deposited = deposited.minus(amount);
    set(account, new Purse(purse.stake().minus(amount), purse.locked()));
  }

  void lock(Address account, TokenAmount amount) {
    var purse = requireFree(account, amount);
    set(account, new Purse(purse.stake().minus(amount), purse.locked().plus(amount)));
  }

  void unlock(Address account, TokenAmount amount) {
    var purse = purse(account);
    set(account, new Purse(purse.stake().plus(amount), purse.locked().minus(amount)));
  }

  void seize(Address account, TokenAmount amount) {
    var purse = purse(account);
    set(account, new Purse(purse.stake(), purse.locked().minus(amount)));
  }

  void reward(Address account, TokenAmount amount) {
    var purse = purse(account);
    set(account, new Purse(purse.stake().plus(amount), purse.locked()));
  }

  void rewardAndLock(Address account, TokenAmount amount) {
    var purse = purse(account);
    set(account, new Purse(purse.stake(), purse.locked().plus(amount)));
  }

  private Purse requireFree(Address account, TokenAmount amount) {
    var purse = purse(account);
    if (purse.stake().compareTo(amount) < 0) {
      throw new HubRevert(
          "StakeTooLow", "%s has %s, needs %s".formatted(account, purse.stake(), amount));
    }
    return purse;
  }

  private void set(Address account, Purse purse) {
    var before = held;
    var former = purse(account);
    undo.step(() -> held = before);
    held =
        held.minus(former.stake()).minus(former.locked()).plus(purse.stake()).plus(purse.locked());
    undo.put(purses, account, purse);
  }
}
