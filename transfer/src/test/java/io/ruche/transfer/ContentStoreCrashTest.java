package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stores blobs is killed in the middle of it. */
class ContentStoreCrashTest {
  private static final int ANNOUNCED_BEFORE_THE_KILL = 30;
  private static final int MAX_BLOB = 1 << 20;

  @TempDir
  Path home;

  /** Stores blob after blob and prints the CID of each once it is stored. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      var store = ContentStore.open(Path.of(args[0]), MAX_BLOB);
      for (int i = 0; ; i++) {
        byte[] bytes = Pattern.bytes(1_000 + i * 7_919 % 400_000);
        System.out.println(store.put(new ByteArrayInputStream(bytes)));
      }
    }
  }

  @Test
  void announcedBlobsAreThereAndAllBlobsAreSound() throws Exception {
    var announced = announcedBeforeTheKill();

    var store = ContentStore.open(home, MAX_BLOB);

    for (var cid : announced) {
      assertThat(store.open(Cid.parse(cid)).cid()).hasToString(cid);
    }
    assertThat(home.resolve("tmp")).isEmptyDirectory();
    try (var files = Files.walk(home.resolve("blobs"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Cid.of(file)).hasToString(file.getFileName().toString());
      }
    }
  }

  private List<String> announcedBeforeTheKill() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var process = new ProcessBuilder(
            java, "-Xshare:auto", "-cp", classPath, Writer.class.getName(), home.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    var announced = new ArrayList<String>();
    try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
      while (announced.size() < ANNOUNCED_BEFORE_THE_KILL) {
        announced.add(String.valueOf(lines.readLine()));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return announced;
  }
}
