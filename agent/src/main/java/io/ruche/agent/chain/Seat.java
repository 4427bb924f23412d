package io.ruche.agent.chain;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.WorkerAccounts;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;

/**
 * For whom a machine's wallet works: for itself, or for an account that lists it. The wallet signs
 * and pays for transactions either way.
 */
final class Seat {
  /** Open tasks that one settlement looks at. */
  private static final long MAX_SETTLED = 64;

  private final Hub hub;
  private final Address machine;
  private final Address worker;

  private Seat(Hub hub, Address machine, Address worker) {
    this.hub = hub;
    this.machine = machine;
    this.worker = worker;
  }

  /**
   * The seat of this wallet.
   *
   * @param account the zero address when the wallet works for itself
   * @throws RucheException NOT_AN_ACCOUNT or ACCOUNT_OF_OTHER_HUB
   */
  static Seat of(Hub hub, Address wallet, Address account) {
    if (account.isZero() || account.equals(wallet)) {
      return new Seat(hub, wallet, wallet);
    }
    var works = hub.workerAccounts().hubOf(account).orElseThrow(() -> noAccount(account));
    if (!works.equals(hub.address())) {
      throw new RucheException(
          "ACCOUNT_OF_OTHER_HUB",
          "worker account %s works on hub %s, expected %s."
              .formatted(
                  account.checksummed(), works.checksummed(), hub.address().checksummed()),
          "Create one for this hub with `ruche worker account create`.",
          false);
    }
    return new Seat(hub, wallet, account);
  }

  private static RucheException noAccount(Address account) {
    return new RucheException(
        "NOT_AN_ACCOUNT",
        "there is no worker account at %s.".formatted(account.checksummed()),
        "Check --account, or create one with `ruche worker account create`.",
        false);
  }

  /** Who the hub sees. */
  Address worker() {
    return worker;
  }

  boolean isListed() {
    return isItself() || view().isListed();
  }

  /** A call of the hub, as this machine makes it. */
  Call call(Call hubCall) {
    return isItself() ? hubCall : WorkerAccounts.through(worker, hubCall);
  }

  /**
   * Free deposit within the machine's cap; ended tasks that nobody settled do not count.
   *
   * @throws RucheException STAKE_CAP_REACHED
   */
  TokenAmount freeStake(TokenAmount needed) {
    var free = hub.account(worker).free();
    if (isItself()) {
      return free;
    }
    var view = view();
    var left = view.left();
    if (left.compareTo(free) < 0 && view.openTasks() > 0) {
      left = left.plus(releasable());
    }
    if (left.compareTo(needed) < 0 && free.compareTo(needed) >= 0) {
      throw new RucheException(
          "STAKE_CAP_REACHED",
          "machine %s may lock %s more of account %s (cap %s), the contribution needs %s."
              .formatted(machine, left, worker, view.cap(), needed),
          "Raise the cap with `ruche worker account allow`.",
          false);
    }
    return left.compareTo(free) < 0 ? left : free;
  }

  /** The settlement that makes room under the cap; the account itself looks at fewer tasks. */
  Call settlement() {
    return WorkerAccounts.settle(worker, machine, MAX_SETTLED);
  }

  private TokenAmount releasable() {
    byte[] answer = hub.rpc().simulate(machine, settlement());
    return new TokenAmount(AbiDecoder.of(answer).uint());
  }

  private boolean isItself() {
    return machine.equals(worker);
  }

  private WorkerAccounts.Machine view() {
    return hub.workerAccounts().machine(worker, machine).orElseThrow(() -> noAccount(worker));
  }
}
