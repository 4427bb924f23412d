package io.ruche.chain.wallet;

import fr.acinq.secp256k1.Secp256k1;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys from a mnemonic, at Ethereum's path m/44'/60'/0'/0/index.
 *
 * <p>Source: BIP-39 (seed), BIP-32 (derivation), BIP-44 (path). Words are not checked against a
 * word list: any wallet that made them did so.
 */
final class Mnemonics {
  private static final int SEED_ROUNDS = 2048;
  private static final int SEED_BITS = 512;
  private static final int MAX_WORDS = 24;
  private static final int HARDENED = 0x8000_0000;
  private static final int[] ETHEREUM_ACCOUNT = {44 | HARDENED, 60 | HARDENED, HARDENED, 0};

  /** A key and its chain code (BIP-32). */
  private static final class Node {
    private final byte[] key;
    private final byte[] chainCode;

    private Node(byte[] key, byte[] chainCode) {
      this.key = key;
      this.chainCode = chainCode;
    }

    static Node ofHash(byte[] hash) {
      return new Node(Arrays.copyOf(hash, 32), Arrays.copyOfRange(hash, 32, 64));
    }
  }

  private Mnemonics() {}

  static PrivateKey ethereumKey(Secret mnemonic, int index) {
    if (index < 0) {
      throw new IllegalArgumentException("expected an account index of 0 or more, found: " + index);
    }
    return PrivateKey.of(child(ethereumAccounts(mnemonic), index).key);
  }

  /** Keys of the accounts from 0 on; the slow step from words to seed is done once. */
  static List<PrivateKey> ethereumKeys(Secret mnemonic, int count) {
    var accounts = ethereumAccounts(mnemonic);
    return IntStream.range(0, count)
        .mapToObj(index -> PrivateKey.of(child(accounts, index).key))
        .toList();
  }

  private static Node ethereumAccounts(Secret mnemonic) {
    var node = Node.ofHash(hmac("Bitcoin seed".getBytes(StandardCharsets.UTF_8), seed(mnemonic)));
    for (int step : ETHEREUM_ACCOUNT) {
      node = child(node, step);
    }
    return node;
  }

  private static byte[] seed(Secret mnemonic) {
    var words = mnemonic.reveal().strip().split("\\s+");
    if (words.length < 12 || words.length > MAX_WORDS || words.length % 3 != 0) {
      throw new IllegalArgumentException(
          "expected a mnemonic of 12, 15, 18, 21 or 24 words, found: " + words.length);
    }
    var text = Normalizer.normalize(String.join(" ", words), Normalizer.Form.NFKD);
    try {
      var spec = new PBEKeySpec(
          text.toCharArray(), "mnemonic".getBytes(StandardCharsets.UTF_8), SEED_ROUNDS, SEED_BITS);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(spec)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks PBKDF2WithHmacSHA512", e);
    }
  }

  private static Node child(Node parent, int index) {
    byte[] material = index < 0
        ? ByteBuffer.allocate(37).put((byte) 0).put(parent.key).putInt(index).array()
        : ByteBuffer.allocate(37).put(compressedPublicKey(parent)).putInt(index).array();
    var derived = Node.ofHash(hmac(parent.chainCode, material));
    byte[] key = Secp256k1.get().privKeyTweakAdd(parent.key.clone(), derived.key);
    return new Node(key, derived.chainCode);
  }

  private static byte[] compressedPublicKey(Node node) {
    return Secp256k1.get().pubKeyCompress(Secp256k1.get().pubkeyCreate(node.key));
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    try {
      var mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(key, "HmacSHA512"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks HmacSHA512", e);
    }
  }
}
