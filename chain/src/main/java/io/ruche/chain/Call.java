package io.ruche.chain;

import io.ruche.core.Address;
import io.ruche.core.Hex;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A message to a contract, unsigned.
 *
 * @param to the contract; null creates one from {@code data}
 * @param data 0x-prefixed call data
 * @param valueWei native coin to send along
 * @param gasLimit gas to offer; 0 asks the node for an estimate, which also refuses calls that
 *     would revert
 */
public record Call(@Nullable Address to, String data, BigInteger valueWei, long gasLimit) {
  public static final long ESTIMATE = 0;

  public Call {
    data = Hex.require(data, (data.length() - 2) / 2, "call data");
    if (valueWei.signum() < 0 || gasLimit < 0) {
      throw new IllegalArgumentException(
          "expected value and gas limit of 0 or more, found: %s and %d"
              .formatted(valueWei, gasLimit));
    }
  }

  public static Call of(Address to, byte[] data) {
    return new Call(to, Hex.encode(data), BigInteger.ZERO, ESTIMATE);
  }

  public static Call create(byte[] initCode) {
    return new Call(null, Hex.encode(initCode), BigInteger.ZERO, ESTIMATE);
  }

  /** A plain transfer of native coin, as needed to give an account gas. */
  public static Call transfer(Address to, BigInteger valueWei) {
    return new Call(to, "0x", valueWei, 21_000);
  }

  public Call withGasLimit(long limit) {
    return new Call(to, data, valueWei, limit);
  }
}
