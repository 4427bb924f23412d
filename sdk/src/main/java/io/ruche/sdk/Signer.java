package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Eip712Domain;
import io.ruche.core.RequestOrder;
import io.ruche.core.Signature;

/** A wallet, as far as buying and publishing need it. */
public interface Signer {
  Address address();

  /** Signs 32 bytes as they are: r, s, v. */
  Signature signDigest(byte[] digest);

  default SignedRequest sign(RequestOrder order, Eip712Domain domain) {
    var hash = order.hash(domain);
    return new SignedRequest(order.withSignature(signDigest(hash.bytes())), hash);
  }
}
