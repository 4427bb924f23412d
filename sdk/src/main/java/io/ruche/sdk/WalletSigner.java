package io.ruche.sdk;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Signature;

/** Signs with a wallet that this process holds. */
public record WalletSigner(Wallet wallet) implements Signer {
  @Override
  public Address address() {
    return wallet.address();
  }

  @Override
  public Signature signDigest(byte[] digest) {
    return wallet.signDigest(digest);
  }
}
