package io.ruche.chain.wallet;

import fr.acinq.secp256k1.Secp256k1;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import java.security.SecureRandom;
import java.util.Arrays;

/** A secp256k1 private key; its text form is {@code ***}. */
public final class PrivateKey {
  public static final int SIZE = 32;
  private static final int MAX_DRAWS = 8;

  private final byte[] bytes;

  private PrivateKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key with these 32 bytes.
   *
   * @throws IllegalArgumentException when they are no number from 1 to the order of the curve
   */
  public static PrivateKey of(byte[] bytes) {
    if (bytes.length != SIZE || !Secp256k1.get().secKeyVerify(bytes)) {
      throw new IllegalArgumentException(
          "expected a private key of 32 bytes within the order of secp256k1");
    }
    return new PrivateKey(bytes.clone());
  }

  /** Reads 64 hex digits, with or without 0x; the message of a failure never repeats them. */
  public static PrivateKey parse(Secret hex) {
    var text = hex.reveal().strip();
    try {
      return of(Hex.decode(text.startsWith("0x") ? text : "0x" + text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected a private key of 64 hex digits");
    }
  }

  public static PrivateKey random(SecureRandom random) {
    byte[] draw = new byte[SIZE];
    for (int i = 0; i < MAX_DRAWS; i++) {
      random.nextBytes(draw);
      if (Secp256k1.get().secKeyVerify(draw)) {
        return new PrivateKey(draw);
      }
    }
    throw new IllegalStateException("the random source gave no valid key in 8 draws");
  }

  /** A copy of the raw key; for key files and derivation only. */
  byte[] reveal() {
    return bytes.clone();
  }

  Address address() {
    return addressOf(Secp256k1.get().pubkeyCreate(bytes));
  }

  static Address addressOf(byte[] uncompressedPublicKey) {
    byte[] hash = Keccak.hash(Arrays.copyOfRange(uncompressedPublicKey, 1, 65));
    return Address.of(Arrays.copyOfRange(hash, 12, 32));
  }

  @Override
  public String toString() {
    return "***";
  }
}
