package io.ruche.chain.wallet;

import fr.acinq.secp256k1.Secp256k1;
import io.ruche.chain.ChainErrors;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.Authorization;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Eip712Domain;
import io.ruche.core.Order;
import io.ruche.core.RequestOrder;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.WorkerpoolOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** An account that can sign. Immutable; any thread may use it. */
public final class Wallet {
  private static final int V_BASE = 27;

  private final PrivateKey key;
  private final Address address;

  private Wallet(PrivateKey key) {
    this.key = key;
    this.address = key.address();
  }

  public static Wallet of(PrivateKey key) {
    return new Wallet(key);
  }

  public static Wallet random() {
    return new Wallet(PrivateKey.random(new SecureRandom()));
  }

  /** Account {@code index} of a mnemonic, at m/44'/60'/0'/0/index. */
  public static Wallet ofMnemonic(Secret mnemonic, int index) {
    return new Wallet(Mnemonics.ethereumKey(mnemonic, index));
  }

  public Address address() {
    return address;
  }

  /** Refuses to go on when this is a published development key and the chain is a real one. */
  public void requireAllowedOn(long chainId) {
    if (!ChainErrors.DEVELOPMENT_CHAINS.contains(chainId) && DevelopmentKeys.contains(address)) {
      throw ChainErrors.developmentKey(address, chainId);
    }
  }

  /** Signs 32 bytes as they are: r, s (low), v (27 or 28). */
  public Signature signDigest(byte[] digest) {
    byte[] compact = Secp256k1.get().sign(digest, key.reveal(), null);
    byte[] signature = Arrays.copyOf(compact, 65);
    signature[64] = (byte) (V_BASE + recoveryId(compact, digest));
    return Signature.of(signature);
  }

  /** Signs a message under the prefix of EIP-191 ("personal sign"). */
  public Signature signMessage(byte[] message) {
    return signDigest(Signatures.messageHash(message));
  }

  public Signature signText(String text) {
    return signMessage(text.getBytes(StandardCharsets.UTF_8));
  }

  public AppOrder sign(AppOrder order, Eip712Domain domain) {
    return order.withSignature(signatureOf(order, domain));
  }

  public DatasetOrder sign(DatasetOrder order, Eip712Domain domain) {
    return order.withSignature(signatureOf(order, domain));
  }

  public WorkerpoolOrder sign(WorkerpoolOrder order, Eip712Domain domain) {
    return order.withSignature(signatureOf(order, domain));
  }

  public RequestOrder sign(RequestOrder order, Eip712Domain domain) {
    return order.withSignature(signatureOf(order, domain));
  }

  /** The pool owner's leave for a worker to contribute to a task. */
  public Authorization authorize(Address worker, TaskId task, Address enclaveChallenge) {
    var signature = signMessage(Authorization.message(worker, task, enclaveChallenge));
    return new Authorization(worker, task, enclaveChallenge, signature);
  }

  /** The key, for writing it into a key file. */
  PrivateKey key() {
    return key;
  }

  private Signature signatureOf(Order order, Eip712Domain domain) {
    return signDigest(order.hash(domain).bytes());
  }

  private int recoveryId(byte[] compact, byte[] digest) {
    for (int id = 0; id < 2; id++) {
      var publicKey = Secp256k1.get().ecdsaRecover(compact, digest, id);
      if (PrivateKey.addressOf(publicKey).equals(address)) {
        return id;
      }
    }
    throw new IllegalStateException("no recovery id gives back the signer " + address);
  }

  @Override
  public String toString() {
    return "Wallet[" + address + "]";
  }
}
