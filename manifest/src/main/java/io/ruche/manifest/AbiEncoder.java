package io.ruche.manifest;

import io.ruche.core.Words;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Lays values out as Solidity's {@code abi.encode} does. */
final class AbiEncoder {
  private static final BigInteger TWO_TO_256 = BigInteger.TWO.pow(256);

  private AbiEncoder() {}

  /** Words of these values, which must fit the types. */
  static byte[] encode(List<AbiType> types, List<AbiValue> values) {
    var heads = new ByteArrayOutputStream();
    var tails = new ByteArrayOutputStream();
    int headBytes = types.size() * Words.SIZE;
    for (int i = 0; i < types.size(); i++) {
      byte[] encoded = encode(types.get(i), values.get(i));
      if (types.get(i).isDynamic()) {
        heads.writeBytes(Words.uint256(headBytes + tails.size()));
        tails.writeBytes(encoded);
      } else {
        heads.writeBytes(encoded);
      }
    }
    heads.writeBytes(tails.toByteArray());
    return heads.toByteArray();
  }

  private static byte[] encode(AbiType type, AbiValue value) {
    return switch (value) {
      case AbiValue.Bool(boolean bool) -> Words.uint256(bool ? 1 : 0);
      case AbiValue.Account(var address) -> Words.address(address);
      case AbiValue.Whole(var number) -> Words.uint256(number.mod(TWO_TO_256));
      case AbiValue.Binary(var bytes) ->
        type instanceof AbiType.FixedBytes ? padded(bytes.toArray()) : counted(bytes.toArray());
      case AbiValue.Text(var text) -> counted(text.getBytes(StandardCharsets.UTF_8));
      case AbiValue.Sequence(var values) -> sequence(((AbiType.ListOf) type).element(), values);
    };
  }

  private static byte[] sequence(AbiType element, List<AbiValue> values) {
    var types = values.stream().map(_ -> element).toList();
    return joined(Words.uint256(values.size()), encode(types, values));
  }

  private static byte[] counted(byte[] bytes) {
    return joined(Words.uint256(bytes.length), padded(bytes));
  }

  /** The bytes, then zeros up to a whole word. */
  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, Words.SIZE) * Words.SIZE);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
