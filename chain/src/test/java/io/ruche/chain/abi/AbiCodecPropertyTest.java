package io.ruche.chain.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.Words;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

class AbiCodecPropertyTest {
  @Property(tries = 200)
  void encodingEqualsThatOfAnotherImplementation(
      @ForAll("numbers") BigInteger number,
      @ForAll("addresses") Address address,
      @ForAll byte[] bytes,
      @ForAll("texts") String text,
      @ForAll List<@net.jqwik.api.constraints.IntRange(min = 0) Integer> list) {
    @SuppressWarnings("rawtypes") // the oracle's own signature
    List<Type> theirs = List.of(
        new Uint256(number),
        new DynamicStruct(
            new org.web3j.abi.datatypes.Address(address.hex()),
            new Utf8String(text),
            new DynamicBytes(bytes)),
        new DynamicArray<>(
            Uint256.class, list.stream().map(i -> new Uint256((long) i)).toList()),
        new DynamicBytes(bytes));

    var ours = new AbiEncoder()
        .uint(number)
        .tuple(new AbiEncoder().address(address).text(text).bytes(bytes))
        .words(list, Words::uint256)
        .bytes(bytes)
        .toBytes();

    assertThat(Hex.encode(ours)).isEqualTo("0x" + FunctionEncoder.encodeConstructor(theirs));
  }

  @Property(tries = 200)
  void decodingGivesBackWhatWasEncoded(
      @ForAll("numbers") BigInteger number,
      @ForAll("addresses") Address address,
      @ForAll byte[] bytes,
      @ForAll("texts") String text) {
    byte[] data = new AbiEncoder()
        .uint(number)
        .tuple(new AbiEncoder().address(address).text(text).bytes(bytes))
        .words(List.of(address, address), Words::address)
        .toBytes();

    var in = AbiDecoder.of(data);
    assertThat(in.uint()).isEqualTo(number);
    var tuple = in.tuple();
    assertThat(tuple.address()).isEqualTo(address);
    assertThat(tuple.text()).isEqualTo(text);
    assertThat(tuple.bytes()).isEqualTo(bytes);
    assertThat(in.words(AbiDecoder::address)).containsExactly(address, address);
  }

  @Property(tries = 500)
  void mutatedDataFailsCleanly(
      @ForAll byte[] noise, @ForAll("positions") int position, @ForAll("positions") int length) {
    byte[] data = new AbiEncoder()
        .tuple(new AbiEncoder().text("abc").words(List.of(1L, 2L), Words::uint256))
        .bytes(new byte[] {1, 2, 3})
        .toBytes();
    byte[] cut = Arrays.copyOf(data, Math.min(data.length, length));
    for (int i = 0; i < noise.length && position + i < cut.length; i++) {
      cut[position + i] = noise[i];
    }

    assertThatCode(() -> {
          try {
            var in = AbiDecoder.of(cut);
            var tuple = in.tuple();
            tuple.text();
            tuple.words(AbiDecoder::cappedLong);
            in.bytes();
          } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageContaining("malformed");
          }
        })
        .doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<BigInteger> numbers() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.ZERO, BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
  }

  @Provide
  Arbitrary<Address> addresses() {
    return Arbitraries.bytes().array(byte[].class).ofSize(20).map(Address::of);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().alpha().withChars('é', '漢', '"').ofMaxLength(80);
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.integers().between(0, 400);
  }
}
