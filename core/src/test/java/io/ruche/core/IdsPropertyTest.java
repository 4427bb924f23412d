package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Ids that are kept as numbers behave as their texts do. */
class IdsPropertyTest {
  @Property
  void bytesAndTextComeBack(@ForAll @Size(32) byte[] id, @ForAll @Size(20) byte[] address) {
    assertThat(TaskId.of(id).bytes()).isEqualTo(id);
    assertThat(TaskId.of(id).hex()).isEqualTo(Hex.encode(id));
    assertThat(new TaskId(Hex.encode(id))).isEqualTo(TaskId.of(id)).hasToString(Hex.encode(id));
    assertThat(Address.of(address).bytes()).isEqualTo(address);
    assertThat(Address.of(address).hex()).isEqualTo(Hex.encode(address));
    assertThat(new Address(Hex.encode(address))).isEqualTo(Address.of(address));
  }

  @Property
  void aDifferentByteMakesAnotherIdInTheOrderOfTheTexts(
      @ForAll @Size(32) byte[] one, @ForAll @IntRange(max = 31) int place, @ForAll byte change) {
    byte[] other = one.clone();
    other[place] ^= change;
    byte[] shortOne = Arrays.copyOf(one, 20);
    byte[] shortOther = Arrays.copyOf(other, 20);

    var first = Digest.of(one);
    var second = Digest.of(other);
    var from = Address.of(shortOne);
    var to = Address.of(shortOther);

    assertThat(first.equals(second)).isEqualTo(change == 0);
    assertThat(Integer.signum(first.compareTo(second)))
        .isEqualTo(Integer.signum(first.hex().compareTo(second.hex())));
    assertThat(from.equals(to)).isEqualTo(change == 0 || place >= 20);
    assertThat(Integer.signum(from.compareTo(to)))
        .isEqualTo(Integer.signum(from.hex().compareTo(to.hex())));
  }

  @Property
  void equalIdsOfOneKindHashAlikeAndKindsDiffer(@ForAll @Size(32) byte[] id) {
    assertThat(new DealId(Hex.encode(id))).hasSameHashCodeAs(DealId.of(id));
    assertThat((Object) DealId.of(id)).isNotEqualTo(TaskId.of(id));
  }

  @Property
  void otherLengthsAreRefused(@ForAll @Size(max = 40) byte[] bytes) {
    if (bytes.length != 32) {
      assertThatThrownBy(() -> TaskId.of(bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("32 bytes");
    }
    if (bytes.length != 20) {
      assertThatThrownBy(() -> Address.of(bytes)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  void aPlainNumberIsTheSameWordAsALargeOne(@ForAll long value) {
    if (value < 0) {
      assertThatThrownBy(() -> Words.uint256(value)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(Words.uint256(value)).isEqualTo(Words.uint256(BigInteger.valueOf(value)));
    }
  }
}
