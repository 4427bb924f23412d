package io.ruche.chain.wallet;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import io.ruche.core.Address;
import io.ruche.core.Keccak;
import io.ruche.core.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Who signed: the checks that need no key. */
public final class Signatures {
  private static final int V_BASE = 27;

  private Signatures() {}

  /** Hash of a message under the prefix of EIP-191 (version 0x45). */
  public static byte[] messageHash(byte[] message) {
    var prefix = "\u0019Ethereum Signed Message:\n" + message.length;
    return Keccak.hash(prefix.getBytes(StandardCharsets.UTF_8), message);
  }

  /**
   * The signer of 32 bytes; empty when the signature is malformed (65 bytes, or 64 of EIP-2098).
   */
  public static Optional<Address> recover(byte[] digest, Signature signature) {
    byte[] bytes = signature.bytes();
    if (bytes.length == 64) {
      bytes = expanded(bytes);
    }
    if (bytes.length != 65) {
      return Optional.empty();
    }
    int v = bytes[64] & 0xff;
    int id = v >= V_BASE ? v - V_BASE : v;
    if (id > 1) {
      return Optional.empty();
    }
    try {
      byte[] compact = Arrays.copyOf(bytes, 64);
      return Optional.of(PrivateKey.addressOf(Secp256k1.get().ecdsaRecover(compact, digest, id)));
    } catch (Secp256k1Exception e) {
      return Optional.empty();
    }
  }

  public static Optional<Address> recoverMessage(byte[] message, Signature signature) {
    return recover(messageHash(message), signature);
  }

  public static Optional<Address> recoverText(String text, Signature signature) {
    return recoverMessage(text.getBytes(StandardCharsets.UTF_8), signature);
  }

  /** EIP-2098: the parity of v sits in the highest bit of s. */
  private static byte[] expanded(byte[] compact) {
    byte[] full = Arrays.copyOf(compact, 65);
    full[64] = (byte) (V_BASE + ((full[32] & 0x80) >>> 7));
    full[32] &= 0x7f;
    return full;
  }
}
