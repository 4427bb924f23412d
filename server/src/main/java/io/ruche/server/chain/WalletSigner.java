package io.ruche.server.chain;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.server.pool.PoolSigner;

/** Signs authorizations with the pool owner's wallet. */
public final class WalletSigner implements PoolSigner {
  private final Wallet wallet;

  public WalletSigner(Wallet wallet) {
    this.wallet = wallet;
  }

  @Override
  public Address owner() {
    return wallet.address();
  }

  @Override
  public Signature authorize(Address worker, TaskId task) {
    return wallet.authorize(worker, task, Address.ZERO).signature();
  }
}
