package io.ruche.manifest;

import io.ruche.core.Address;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Functions with arguments of any type, and values for them. */
final class AbiArbitraries {
  private AbiArbitraries() {}

  record Sample(List<AbiType> types, List<AbiValue> values) {}

  static Arbitrary<Sample> samples() {
    return types().list().ofMinSize(1).ofMaxSize(5).flatMap(types -> {
      Arbitrary<List<AbiValue>> values = Arbitraries.just(List.of());
      for (var type : types) {
        values = Combinators.combine(values, values(type)).as((before, value) -> {
          var all = new ArrayList<>(before);
          all.add(value);
          return all;
        });
      }
      return values.map(list -> new Sample(types, list));
    });
  }

  static Arbitrary<AbiType> types() {
    return Arbitraries.oneOf(singleTypes(), singleTypes().map(AbiType.ListOf::new));
  }

  private static Arbitrary<AbiType> singleTypes() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            new AbiType.Bool(),
            new AbiType.Account(),
            new AbiType.DynamicBytes(),
            new AbiType.Text()),
        Arbitraries.integers().between(1, 32).map(bytes -> new AbiType.Unsigned(8 * bytes)),
        Arbitraries.integers().between(1, 32).map(bytes -> new AbiType.Signed(8 * bytes)),
        Arbitraries.integers().between(1, 32).map(AbiType.FixedBytes::new));
  }

  static Arbitrary<AbiValue> values(AbiType type) {
    return switch (type) {
      case AbiType.Bool _ -> Arbitraries.of(true, false).map(AbiValue::of);
      case AbiType.Account _ -> bytes(20, 20).map(bytes -> AbiValue.of(Address.of(bytes)));
      case AbiType.Unsigned(int bits) ->
        Arbitraries.bigIntegers()
            .between(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE))
            .map(AbiValue::of);
      case AbiType.Signed(int bits) ->
        Arbitraries.bigIntegers()
            .between(
                BigInteger.TWO.pow(bits - 1).negate(),
                BigInteger.TWO.pow(bits - 1).subtract(BigInteger.ONE))
            .map(AbiValue::of);
      case AbiType.FixedBytes(int size) ->
        bytes(size, size).map(bytes -> AbiValue.of(Bytes.of(bytes)));
      case AbiType.DynamicBytes _ -> bytes(0, 70).map(bytes -> AbiValue.of(Bytes.of(bytes)));
      case AbiType.Text _ ->
        Arbitraries.strings().alpha().withChars('é', '漢', '"').ofMaxLength(40).map(AbiValue::of);
      case AbiType.ListOf(var element) ->
        values(element).list().ofMaxSize(4).map(AbiValue.Sequence::new);
    };
  }

  private static Arbitrary<byte[]> bytes(int least, int most) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(least).ofMaxSize(most);
  }
}
