package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CidPropertyTest {
  @Property
  void textRoundTrips(@ForAll @Size(32) byte[] hash, @ForAll Cid.Codec codec) {
    var cid = new Cid(codec, Sha256.of(hash));

    assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
    assertThat(cid.toString()).hasSize(59);
    assertThat(cid.path()).isEqualTo("/ipfs/" + cid);
  }

  @Property
  void bytesRoundTripInBase32(@ForAll byte[] bytes) {
    assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
  }

  @Property
  void changedTextIsAnotherCidOrNone(
      @ForAll @Size(32) byte[] hash,
      @ForAll @IntRange(max = 58) int at,
      @ForAll @CharRange(from = ' ', to = '~') char other) {
    var cid = new Cid(Cid.Codec.RAW, Sha256.of(hash));
    var text = new StringBuilder(cid.toString());
    text.setCharAt(at, other);
    try {
      assertThat(Cid.parse(text.toString())).hasToString(text.toString());
    } catch (RucheException e) {
      assertThat(e.code()).isEqualTo(TransferCode.BAD_LOCATION.name());
    }
  }

  @Property
  void anyOtherTextIsRefused(@ForAll @StringLength(max = 58) String text) {
    assertFails(TransferCode.BAD_LOCATION, () -> Cid.parse(text));
  }

  @Property(tries = 60)
  void blocksOfTheStreamDoNotMatter(
      @ForAll @IntRange(max = 3) int chunks,
      @ForAll @IntRange(min = -2, max = 2) int more,
      @ForAll @IntRange(min = 1, max = 300_000) int block) {
    byte[] bytes = Pattern.bytes(Math.max(0, chunks * CidBuilder.CHUNK_BYTES + more));
    var builder = new CidBuilder();
    for (int start = 0; start < bytes.length; start += block) {
      builder.update(bytes, start, Math.min(block, bytes.length - start));
    }

    assertThat(builder.finish()).isEqualTo(Cid.of(bytes));
  }

  @Test
  void finishedBuilderStartsAgain() {
    var builder = new CidBuilder();
    builder.update(Pattern.bytes(600_000), 0, 600_000);
    builder.finish();

    assertThat(builder.finish()).isEqualTo(Cid.of(new byte[0]));
  }
}
