package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** CIDs that an independent implementation computed for the same bytes. */
class CidGoldenTest {
  @TestFactory
  Stream<DynamicTest> filesHaveTheCidThatIpfsGivesThem() throws IOException {
    return Stream.of(vectors().get("files")).flatMap(CidGoldenTest::elements).map(vector -> {
      long size = vector.get("sizeBytes").longValue();
      return DynamicTest.dynamicTest(size + " bytes", () -> {
        var builder = new CidBuilder();
        var sha256 = Hashing.sha256();
        Pattern.feed(size, (bytes, count) -> {
          builder.update(bytes, 0, count);
          sha256.update(bytes, 0, count);
        });

        assertThat(Sha256.of(sha256.digest()).hex())
            .isEqualTo("0x" + vector.get("sha256").textValue());
        assertThat(builder.finish()).hasToString(vector.get("cid").textValue());
      });
    });
  }

  @TestFactory
  Stream<DynamicTest> textsHaveTheCidThatIpfsGivesThem() throws IOException {
    return elements(vectors().get("texts")).map(vector -> {
      var text = vector.get("text").textValue();
      return DynamicTest.dynamicTest(
          "'" + text.strip() + "'",
          () -> assertThat(Cid.of(text.getBytes(StandardCharsets.UTF_8)))
              .hasToString(vector.get("cid").textValue()));
    });
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return array.valueStream();
  }

  private static JsonNode vectors() throws IOException {
    try (InputStream json = CidGoldenTest.class.getResourceAsStream("cid-vectors.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(json));
    }
  }
}
