package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Against the platform's own. */
class HexPropertyTest {
  @Property
  void bytesComeBackFromEitherCase(@ForAll byte[] bytes) {
    var text = Hex.encode(bytes);

    assertThat(text).isEqualTo("0x" + HexFormat.of().formatHex(bytes));
    assertThat(Hex.decode(text)).isEqualTo(bytes);
    assertThat(Hex.decode(text.toUpperCase(Locale.ROOT))).isEqualTo(bytes);
  }

  @Property
  void anyOtherCharacterIsRefused(
      @ForAll @Size(20) byte[] bytes, @ForAll @IntRange(min = 2, max = 41) int at, @ForAll char c) {
    var text = new StringBuilder(Hex.encode(bytes));
    text.setCharAt(at, c);
    var changed = text.toString();

    if (HexFormat.isHexDigit(c)) {
      var required = Hex.require(changed, 20, "address");
      assertThat(Hex.decode(required)).isEqualTo(Hex.decode(changed));
      assertThat(required).isEqualTo(changed.toLowerCase(Locale.ROOT));
    } else {
      assertThatThrownBy(() -> Hex.decode(changed)).hasMessageContaining("not hexadecimal");
      assertThatThrownBy(() -> Hex.require(changed, 20, "address"))
          .hasMessageContaining("hexadecimal");
    }
  }

  @Property
  void anOddNumberOfDigitsIsRefused(@ForAll byte[] bytes) {
    assertThatThrownBy(() -> Hex.decode(Hex.encode(bytes) + "0"))
        .hasMessageContaining("not hexadecimal");
  }
}
