package io.ruche.chain.abi;

import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import java.util.Arrays;

/**
 * A function of a contract.
 *
 * @param signature name and canonical argument types, {@code viewTask(bytes32)}
 * @param returns canonical types of the results in brackets, {@code (uint256)}; {@code ()} for none
 */
public record AbiFunction(String signature, String returns, String selector) {

  public static AbiFunction of(String signature, String returns) {
    byte[] hash = Keccak.hashText(signature);
    return new AbiFunction(signature, returns, Hex.encode(Arrays.copyOf(hash, 4)));
  }

  public static AbiFunction of(String signature) {
    return of(signature, "()");
  }

  /** Call data with these arguments, which must be encoded as the signature says. */
  public byte[] encode(AbiEncoder arguments) {
    byte[] body = arguments.toBytes();
    byte[] data = new byte[4 + body.length];
    System.arraycopy(Hex.decode(selector), 0, data, 0, 4);
    System.arraycopy(body, 0, data, 4, body.length);
    return data;
  }

  public byte[] encode() {
    return Hex.decode(selector);
  }
}
