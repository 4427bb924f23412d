package io.ruche.chain.tx;

import io.ruche.chain.Call;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.TxHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A signed transaction of type 2 (EIP-1559).
 *
 * @param raw its bytes as a node takes them, 0x-hex
 * @param isFiller whether it does nothing but use up the nonce of an action that no node takes
 */
public record SignedTx(TxHash hash, String raw, Fees fees, boolean isFiller) {
  private static final byte TYPE = 2;

  static SignedTx sign(Wallet wallet, long chainId, long nonce, Call call, Fees fees) {
    var fields = new ArrayList<byte[]>(12);
    fields.add(Rlp.number(chainId));
    fields.add(Rlp.number(nonce));
    fields.add(Rlp.number(fees.tipWei()));
    fields.add(Rlp.number(fees.maxWei()));
    fields.add(Rlp.number(call.gasLimit()));
    fields.add(Rlp.bytes(call.to() == null ? new byte[0] : call.to().bytes()));
    fields.add(Rlp.number(call.valueWei()));
    fields.add(Rlp.bytes(Hex.decode(call.data())));
    fields.add(Rlp.list(List.of()));

    byte[] signature = wallet.signDigest(Keccak.hash(typed(fields))).bytes();
    fields.add(Rlp.number(signature[64] - 27));
    fields.add(Rlp.number(new BigInteger(1, Arrays.copyOf(signature, 32))));
    fields.add(Rlp.number(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64))));
    byte[] raw = typed(fields);
    return new SignedTx(TxHash.of(Keccak.hash(raw)), Hex.encode(raw), fees, false);
  }

  /** An empty transfer to oneself under the same nonce. */
  static SignedTx signFiller(Wallet wallet, long chainId, long nonce, Fees fees) {
    var call = Call.transfer(wallet.address(), BigInteger.ZERO);
    var transaction = sign(wallet, chainId, nonce, call, fees);
    return new SignedTx(transaction.hash, transaction.raw, fees, true);
  }

  private static byte[] typed(List<byte[]> fields) {
    byte[] list = Rlp.list(fields);
    byte[] typed = new byte[list.length + 1];
    typed[0] = TYPE;
    System.arraycopy(list, 0, typed, 1, list.length);
    return typed;
  }
}
