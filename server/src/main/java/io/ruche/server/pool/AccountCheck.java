package io.ruche.server.pool;

import io.ruche.chain.hub.Hub;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Funds;

/**
 * Whether a worker account stands for a machine. The account's own answers are enough, whatever
 * code is behind them: an authorization is of use to that address alone, and the hub takes stake
 * and score from it. So an account that says yes to everybody lets strangers spend its own stake,
 * and one that contributes nothing is no worse than a wallet that does so, of which anybody has as
 * many as he likes. What it claims of others (an owner, say) is not asked.
 */
public final class AccountCheck {
  public static final String NOT_AN_ACCOUNT = "NOT_AN_ACCOUNT";
  public static final String ACCOUNT_OF_OTHER_HUB = "ACCOUNT_OF_OTHER_HUB";
  public static final String MACHINE_NOT_LISTED = "MACHINE_NOT_LISTED";

  private final Hub hub;

  public AccountCheck(Hub hub) {
    this.hub = hub;
  }

  /** Score and stake of the worker, and the cap that it gives the machine. */
  public Funds funds(Address machine, Address worker) {
    long score = hub.score(worker);
    var free = hub.account(worker).free();
    return machine.equals(worker)
        ? Funds.ofWallet(score, free)
        : new Funds(score, free, cap(machine, worker));
  }

  private TokenAmount cap(Address machine, Address account) {
    var accounts = hub.workerAccounts();
    var works = accounts.hubOf(account).orElseThrow(() -> notAnAccount(account));
    if (!works.equals(hub.address())) {
      throw new RucheException(
          ACCOUNT_OF_OTHER_HUB,
          "worker account %s works on hub %s, expected %s."
              .formatted(account, works, hub.address()),
          "Create one for this hub with `ruche worker account create`.",
          false);
    }
    var listed = accounts.machine(account, machine).orElseThrow(() -> notAnAccount(account));
    if (!listed.isListed()) {
      throw new RucheException(
          MACHINE_NOT_LISTED,
          "worker account %s does not list machine %s.".formatted(account, machine),
          "Its owner lists it with `ruche worker account allow %s %s --cap RUC`."
              .formatted(account.checksummed(), machine.checksummed()),
          false);
    }
    return listed.cap();
  }

  private static RucheException notAnAccount(Address account) {
    return new RucheException(
        NOT_AN_ACCOUNT,
        "there is no worker account at %s.".formatted(account),
        "Check --account, or create one with `ruche worker account create`.",
        false);
  }
}
