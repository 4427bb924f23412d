package io.ruche.chain.abi;

import io.ruche.core.Hex;
import io.ruche.core.Keccak;

/**
 * An event of a contract.
 *
 * @param signature name and canonical types of all arguments
 * @param indexedCount how many of its arguments are topics
 * @param topic keccak256 of the signature: the first topic of its logs
 */
public record AbiEvent(String signature, int indexedCount, String topic) {

  public static AbiEvent of(String signature, int indexedCount) {
    return new AbiEvent(signature, indexedCount, Hex.encode(Keccak.hashText(signature)));
  }
}
