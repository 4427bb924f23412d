package io.ruche.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeDecoder;
import org.web3j.abi.datatypes.Type;

class AbiCodecPropertyTest {
  @Property(tries = 300)
  void encodingEqualsThatOfAnotherImplementation(@ForAll("samples") AbiArbitraries.Sample sample) {
    @SuppressWarnings("rawtypes") // the oracle's own signature
    List<Type> theirs = IntStream.range(0, sample.types().size())
        .<Type>mapToObj(i -> oracle(sample.types().get(i), sample.values().get(i)))
        .toList();

    assertThat(Hex.encode(AbiEncoder.encode(sample.types(), sample.values())))
        .isEqualTo("0x" + FunctionEncoder.encodeConstructor(theirs));
  }

  @Property(tries = 300)
  void decodingGivesBackWhatWasEncoded(@ForAll("samples") AbiArbitraries.Sample sample) {
    var function = new AbiFunction("f", sample.types(), sample.types());

    assertThat(function.decodeAnswer(function.encodeAnswer(sample.values())))
        .isEqualTo(sample.values());
    assertThat(function.decodeCall(function.encodeCall(sample.values())))
        .isEqualTo(sample.values());
  }

  @Property(tries = 1000)
  void changedDataIsRefusedOrAnotherValue(
      @ForAll("samples") AbiArbitraries.Sample sample,
      @ForAll @IntRange(max = 10_000) int at,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] data = AbiEncoder.encode(sample.types(), sample.values());
    data[at % data.length] ^= (byte) flip;

    requireSameOrRefused(sample, data);
  }

  @Property(tries = 300)
  void cutOrLongerDataIsRefused(
      @ForAll("samples") AbiArbitraries.Sample sample, @ForAll @IntRange(max = 200) int length) {
    byte[] data = AbiEncoder.encode(sample.types(), sample.values());
    if (length != data.length) {
      requireSameOrRefused(sample, Arrays.copyOf(data, length));
    }
    assertThatThrownBy(
            () -> AbiDecoder.decode(sample.types(), Arrays.copyOf(data, data.length + 32)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void textsAreReadBack(@ForAll("samples") AbiArbitraries.Sample sample) {
    for (int i = 0; i < sample.types().size(); i++) {
      var type = sample.types().get(i);
      var value = sample.values().get(i);

      assertThat(AbiText.parse(type, AbiText.of(value))).isEqualTo(value);
      assertThat(AbiText.fromJson(type, AbiText.toJson(value))).isEqualTo(value);
      assertThat(AbiType.parse(type.name())).isEqualTo(type);
    }
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(
      @ForAll("samples") AbiArbitraries.Sample sample, @ForAll String text) {
    for (var type : sample.types()) {
      try {
        AbiText.parse(type, text).requireFits(type);
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageContaining("expected ");
      }
    }
  }

  private static void requireSameOrRefused(AbiArbitraries.Sample sample, byte[] data) {
    try {
      var values = AbiDecoder.decode(sample.types(), data);
      assertThat(AbiEncoder.encode(sample.types(), values)).isEqualTo(data);
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching("(malformed|expected )(?s).*");
    }
  }

  @SuppressWarnings("rawtypes") // the oracle's own signature
  private static Type oracle(AbiType type, AbiValue value) {
    try {
      return TypeDecoder.instantiateType(type.name(), plain(value));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object plain(AbiValue value) {
    return switch (value) {
      case AbiValue.Bool(boolean bool) -> bool;
      case AbiValue.Account(var address) -> address.hex();
      case AbiValue.Whole(var number) -> number;
      case AbiValue.Binary(var bytes) -> bytes.toArray();
      case AbiValue.Text(var text) -> text;
      case AbiValue.Sequence(var values) -> {
        var list = new ArrayList<Object>();
        values.forEach(each -> list.add(plain(each)));
        yield list;
      }
    };
  }

  @Provide
  Arbitrary<AbiArbitraries.Sample> samples() {
    return AbiArbitraries.samples();
  }
}
