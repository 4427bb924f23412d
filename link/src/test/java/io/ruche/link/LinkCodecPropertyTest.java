package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LinkCodecPropertyTest {
  private final LinkCodec codec = new LinkCodec();

  @Property
  void mutatedFramesFailCleanlyOrStayMessages(
      @ForAll @IntRange(max = 10) int which, @ForAll long seed, @ForAll @IntRange(max = 5) int n) {
    var frame = new StringBuilder(codec.encode(Samples.fromPool().get(which)));
    var random = new Random(seed);
    for (int i = 0; i < n && !frame.isEmpty(); i++) {
      mutate(frame, random);
    }

    try {
      for (var message : codec.decodeFromPool(frame.toString())) {
        assertThat(codec.decodeFromPool(codec.encode(message))).containsExactly(message);
      }
    } catch (RucheException e) {
      assertThat(e.code()).isEqualTo(LinkCodec.BAD_FRAME);
      assertThat(e.sentence().length()).isLessThan(1_000);
    }
  }

  private static void mutate(StringBuilder frame, Random random) {
    int at = random.nextInt(frame.length());
    switch (random.nextInt(3)) {
      case 0 -> frame.deleteCharAt(at);
      case 1 -> frame.setCharAt(at, "{}[]\":,0x-e5tn\u00e9".charAt(random.nextInt(15)));
      default -> frame.insert(at, frame.charAt(random.nextInt(frame.length())));
    }
  }
}
