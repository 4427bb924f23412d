package io.ruche.cli.demo.chess;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.rpc.Receipt;
import io.ruche.cli.contract.ContractUser;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;

/** Somebody with a name, a wallet and tokens. */
record Player(String name, ContractUser user) {
  private static final AbiFunction APPROVE = AbiFunction.of("approve(address,uint256)", "(bool)");

  Address address() {
    return user.address();
  }

  Receipt run(Call call) {
    return user.run(call);
  }

  /** Lets the contract take tokens. */
  void approve(Address contract, TokenAmount amount) {
    var arguments = new AbiEncoder().address(contract).uint(amount.nano());
    run(Call.of(user.hub().token(), APPROVE.encode(arguments)));
  }
}
