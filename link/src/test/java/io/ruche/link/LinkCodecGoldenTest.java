package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JSON of every message; run with {@code -Druche.bless=true} to accept a change of it. */
class LinkCodecGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/golden/messages.jsonl");
  private final LinkCodec codec = new LinkCodec();

  @Test
  void messagesKeepTheirJson() throws IOException {
    var lines = Stream.concat(
            Samples.fromPool().stream().map(codec::encode),
            Samples.fromWorker().stream().map(codec::encode))
        .collect(Collectors.joining("\n", "", "\n"));

    if (Boolean.getBoolean("ruche.bless")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, lines);
    }

    assertThat(lines).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
  }
}
