package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
  private static final int MAX_BLOB = 600_000;
  private static final byte[] BYTES = Pattern.bytes(300_000);

  @TempDir
  Path home;

  private ContentStore store = ContentStore.open(Path.of("target", "unused-store"), 1);

  @BeforeEach
  void openStore() {
    store = ContentStore.open(home, MAX_BLOB);
  }

  @Test
  void whatIsKeptIsCountedOnceAndAgainAfterARestart() throws IOException {
    store.put(stream(BYTES));
    store.put(stream(BYTES));
    store.put(stream(new byte[10]));

    assertThat(store.bytes()).isEqualTo(BYTES.length + 10);
    assertThat(ContentStore.open(home, MAX_BLOB).bytes()).isEqualTo(BYTES.length + 10);
  }

  @Test
  void storedBytesAreFoundUnderTheirCidAfterARestart() throws IOException {
    var cid = store.put(stream(BYTES));

    var again = ContentStore.open(home, MAX_BLOB);

    assertThat(cid).isEqualTo(Cid.of(BYTES));
    assertThat(again.has(cid)).isTrue();
    assertThat(again.open(cid).file()).hasBinaryContent(BYTES);
    assertThat(again.open(cid).sizeBytes()).isEqualTo(BYTES.length);
  }

  @Test
  void storingTwiceKeepsOne() throws IOException {
    assertThat(store.put(stream(BYTES))).isEqualTo(store.put(stream(BYTES)));

    assertThat(files()).hasSize(1);
  }

  @Test
  void missingBlobIsNamed() {
    var cid = Cid.of(BYTES);

    assertThat(store.has(cid)).isFalse();
    assertThat(store.find(cid)).isEmpty();
    assertThat(assertFails(TransferCode.BLOB_MISSING, () -> store.open(cid)))
        .hasMessageContaining(cid.toString());
  }

  @Test
  void damagedBlobIsNamedAndRepairedByStoringAgain() throws IOException {
    var cid = store.put(stream(BYTES));
    damage(store.open(cid).file());

    assertFails(TransferCode.BLOB_CORRUPT, () -> store.open(cid));
    assertFails(
        TransferCode.BLOB_CORRUPT, () -> ContentStore.open(home, MAX_BLOB).find(cid));

    store.put(stream(BYTES));
    assertThat(store.open(cid).file()).hasBinaryContent(BYTES);
  }

  @Test
  void oversizeIsRefusedAndLeavesNothing() throws IOException {
    assertFails(TransferCode.BLOB_TOO_LARGE, () -> store.put(stream(new byte[MAX_BLOB + 1])));
    assertThat(files()).isEmpty();

    store.put(stream(new byte[MAX_BLOB]));
    assertThat(files()).hasSize(1);
  }

  @Test
  void failingStreamLeavesNothing() throws IOException {
    var broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the sender hung up");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return read();
      }
    };

    assertThatThrownBy(() -> store.put(new SequenceInputStream(stream(BYTES), broken)))
        .isInstanceOf(IOException.class)
        .hasMessage("the sender hung up");

    assertThat(files()).isEmpty();
  }

  @Test
  void stagedBytesCanBeLookedAtAndDropped() throws IOException {
    try (var staged = store.stage(stream(BYTES))) {
      assertThat(staged.file()).hasBinaryContent(BYTES);
      assertThat(staged.cid()).isEqualTo(Cid.of(BYTES));
      assertThat(staged.sizeBytes()).isEqualTo(BYTES.length);
    }

    assertThat(files()).isEmpty();
    assertThat(store.has(Cid.of(BYTES))).isFalse();
  }

  @Test
  void keepingTwiceIsOnce() throws IOException {
    try (var staged = store.stage(stream(BYTES))) {
      assertThat(staged.keep()).isEqualTo(staged.keep());
    }

    assertThat(store.open(Cid.of(BYTES)).stream()).hasBinaryContent(BYTES);
  }

  @Test
  void leftoversOfAKilledProcessAreRemoved() throws IOException {
    Files.write(home.resolve("tmp/blob-1.part"), BYTES);

    ContentStore.open(home, MAX_BLOB);

    assertThat(files()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
  }
}
