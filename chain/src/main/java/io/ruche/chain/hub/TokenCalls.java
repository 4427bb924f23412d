package io.ruche.chain.hub;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;

/** Calls of the escrow token. */
public final class TokenCalls {
  private final Address token;

  TokenCalls(Address token) {
    this.token = token;
  }

  /** Deposits into the hub in one transaction. */
  public Call deposit(Address hub, TokenAmount amount) {
    return approveAndCall(hub, amount, new byte[0]);
  }

  /** Deposits and matches in one transaction; the sender must be the requester. */
  public Call depositAndMatch(Address hub, TokenAmount amount, MatchedOrders orders) {
    return approveAndCall(hub, amount, HubAbi.MATCH_ORDERS.encode(HubCalls.fourOrders(orders)));
  }

  private Call approveAndCall(Address spender, TokenAmount amount, byte[] data) {
    var arguments = new AbiEncoder().address(spender).uint(amount.nano()).bytes(data);
    return Call.of(token, HubAbi.TOKEN_APPROVE_AND_CALL.encode(arguments));
  }

  public Call transfer(Address to, TokenAmount amount) {
    return Call.of(
        token, HubAbi.TOKEN_TRANSFER.encode(new AbiEncoder().address(to).uint(amount.nano())));
  }

  /** Sent by the faucet of a development token. */
  public Call mint(Address to, TokenAmount amount) {
    return Call.of(
        token, HubAbi.TOKEN_MINT.encode(new AbiEncoder().address(to).uint(amount.nano())));
  }
}
