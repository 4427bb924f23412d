package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.CallbackKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Digests of whole result folders that an independent program computed. */
class FolderDigestGoldenTest {
  private static final OutputLimits LIMITS = new OutputLimits(1_000, 10);

  @TempDir
  Path home;

  @TestFactory
  Stream<DynamicTest> folderAndArchiveHaveTheDigestOfTheVector() throws IOException {
    try (InputStream json = getClass().getResourceAsStream("digest-vectors.json")) {
      var vectors = new JsonMapper().readTree(Objects.requireNonNull(json));
      return vectors
          .get("results")
          .valueStream()
          .map(vector ->
              DynamicTest.dynamicTest(vector.get("name").textValue(), () -> check(vector)));
    }
  }

  private void check(JsonNode vector) throws IOException {
    var name = vector.get("name").textValue();
    var folder = Files.createDirectory(home.resolve(name));
    for (var file : vector.get("files").properties()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(path, file.getValue().textValue());
    }
    var zip = home.resolve(name + ".zip");
    var callback =
        vector.get("hasCallback").booleanValue() ? CallbackKind.ANSWER : CallbackKind.NONE;

    var summary = FolderDigest.ofFolder(folder, LIMITS, callback);
    ResultArchive.write(folder, LIMITS, zip);

    assertThat(summary.digest()).hasToString(vector.get("digest").textValue());
    assertThat(FolderDigest.ofArchive(zip, LIMITS, callback)).isEqualTo(summary);
  }
}
