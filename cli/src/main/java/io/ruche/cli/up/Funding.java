package io.ruche.cli.up;

import io.ruche.chain.Call;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxHandle;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Gives development accounts what they lack: deposit in the hub, tokens outside, coin for gas. All
 * from the faucet, sent together.
 */
final class Funding {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final BigInteger COIN = BigInteger.TEN.pow(18);
  private static final BigInteger GAS_COINS = BigInteger.TEN.multiply(COIN);

  /** Later calls depend on earlier ones that are not mined yet, so none can be estimated. */
  private static final long GAS = 300_000;

  private final Hub hub;
  private final TransactionSender faucet;

  Funding(Hub hub, TransactionSender faucet) {
    this.hub = hub;
    this.faucet = faucet;
  }

  /** Brings each account's deposit, free and locked together, up to the wanted amount. */
  void deposits(SequencedMap<Address, TokenAmount> wanted) {
    var lacking = lacking(wanted);
    var total = lacking.values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
    var calls = new ArrayList<Call>();
    if (!total.isZero()) {
      calls.add(hub.tokenCalls().mint(faucet.address(), total));
      calls.add(hub.tokenCalls().deposit(hub.address(), total));
      lacking.forEach((account, amount) -> calls.add(hub.calls().transferDeposit(account, amount)));
    }
    for (var account : wanted.keySet()) {
      if (hub.rpc().balanceWei(account).compareTo(COIN) < 0) {
        calls.add(Call.transfer(account, GAS_COINS));
      }
    }
    sendAll(calls);
  }

  /** Mints tokens to an account that holds fewer outside the hub. */
  void tokens(Address account, TokenAmount wanted) {
    var held = hub.tokenBalance(account);
    if (held.compareTo(wanted) < 0) {
      sendAll(List.of(hub.tokenCalls().mint(account, wanted.minus(held))));
    }
  }

  private Map<Address, TokenAmount> lacking(SequencedMap<Address, TokenAmount> wanted) {
    var lacking = new LinkedHashMap<Address, TokenAmount>();
    var accounts = hub.accounts(List.copyOf(wanted.keySet()));
    int index = 0;
    for (var entry : wanted.entrySet()) {
      var account = accounts.get(index++);
      var has = account.free().plus(account.locked());
      if (has.compareTo(entry.getValue()) < 0) {
        lacking.put(entry.getKey(), entry.getValue().minus(has));
      }
    }
    return lacking;
  }

  private void sendAll(List<Call> calls) {
    var handles = new ArrayList<TxHandle>();
    for (var call : calls) {
      var limited = call.gasLimit() == Call.ESTIMATE ? call.withGasLimit(GAS) : call;
      handles.add(faucet.send("fund-" + UUID.randomUUID(), limited));
    }
    handles.forEach(handle -> handle.awaitSuccess(LIMIT));
  }
}
