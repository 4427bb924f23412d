package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.CallbackKind;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.RunLimits;
import io.ruche.core.TaskFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDigestTest {
  private static final OutputLimits LIMITS = new OutputLimits(1_000_000, 100);

  @TempDir
  Path home;

  private Path out = Path.of("");

  @BeforeEach
  void makeOutputFolder() throws IOException {
    out = Files.createDirectory(home.resolve("iexec_out"));
  }

  @Test
  void archiveHasTheDigestOfItsFolder() throws IOException {
    write("b/two.txt", "two");
    write("a.txt", "one");
    write("computed.txt", "");
    Files.createDirectory(out.resolve("empty"));

    var ofFolder = digest(CallbackKind.NONE);

    assertThat(ofFolder.files()).isEqualTo(3);
    assertThat(ofFolder.totalBytes()).isEqualTo(6);
    assertThat(ofFolder.isReferenceRule()).isFalse();
    assertThat(ofArchive(CallbackKind.NONE)).isEqualTo(ofFolder);
  }

  @Test
  void emptyFolderHasTheDigestOfNothing() throws IOException {
    assertThat(digest(CallbackKind.NONE).digest()).isEqualTo(Digest.of(Keccak.hash()));
    assertThat(ofArchive(CallbackKind.NONE)).isEqualTo(digest(CallbackKind.NONE));
  }

  @Test
  void computedJsonNamesAFile() throws IOException {
    write("deep/result.txt", "42");
    write("computed.json", "{\"deterministic-output-path\":\"/iexec_out/deep/result.txt\"}");

    assertThat(digest(CallbackKind.NONE).digest().bytes()).isEqualTo(sha256("42"));
    assertThat(digest(CallbackKind.NONE).isReferenceRule()).isTrue();
    assertThat(ofArchive(CallbackKind.NONE)).isEqualTo(digest(CallbackKind.NONE));
  }

  @Test
  void computedJsonNamesAFolderWhoseSubFoldersDoNotCount() throws IOException {
    write("r/b", "B");
    write("r/a", "A");
    write("r/sub/c", "C");
    write("computed.json", "{\"deterministic-output-path\":\"/iexec_out/r/\"}");

    assertThat(digest(CallbackKind.NONE).digest().bytes())
        .isEqualTo(Keccak.hash(sha256("A"), sha256("B")));
    assertThat(ofArchive(CallbackKind.NONE)).isEqualTo(digest(CallbackKind.NONE));
  }

  @Test
  void callbackBytesAreWhatADealWithCallbackAgreesOn() throws IOException {
    write("computed.json", "{\"callback-data\":\"0x00ff\"}");

    assertThat(digest(CallbackKind.ANSWER).digest().bytes())
        .isEqualTo(Keccak.hash(new byte[] {0, (byte) 0xff}));
    assertThat(digest(CallbackKind.ANSWER).callbackData()).isEqualTo("0x00ff");
    assertThat(ofArchive(CallbackKind.ANSWER)).isEqualTo(digest(CallbackKind.ANSWER));
  }

  @Test
  void dealWithCallbackNeedsComputedJsonOrAFailure() throws IOException {
    write("result.txt", "42");
    assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.ANSWER));
    assertFails(TransferCode.INVALID_OUTPUT, () -> ofArchive(CallbackKind.ANSWER));

    Files.delete(out.resolve("result.txt"));
    write("ruche-failure.json", "{}");
    assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.ANSWER));

    write("ruche-failure.json", "{\"code\":\"TRAP\",\"exitCode\":0}");
    assertThat(digest(CallbackKind.ANSWER).digest()).isEqualTo(Digest.of(Keccak.hash(new byte[0])));
    assertThat(ofArchive(CallbackKind.ANSWER)).isEqualTo(digest(CallbackKind.ANSWER));
  }

  @Test
  void logsNeitherCountNorUseUpTheLimits() throws IOException {
    var limits = OutputLimits.of(new RunLimits(Duration.ofSeconds(1), 1, 4, 1));
    write("result", "1234");
    var digest = FolderDigest.ofFolder(out, limits, CallbackKind.NONE).digest();
    write("stdout.txt", "a log");
    write("stderr.txt", "another log");
    var zip = home.resolve("logs.zip");

    assertFails(TransferCode.OUTPUT_LIMIT, () -> ResultArchive.write(out, limits, zip));
    ResultArchive.write(out, limits.withLogs(), zip);

    assertThat(FolderDigest.ofArchive(zip, limits.withLogs(), CallbackKind.NONE).digest())
        .isEqualTo(digest);
  }

  @Test
  void unusableComputedJsonIsAnInvalidOutput() throws IOException {
    for (var json : new String[] {
      "not json",
      "[]",
      "{}",
      "{\"deterministic-output-path\":\"/iexec_out/none\"}",
      "{\"deterministic-output-path\":\"/etc/passwd\"}",
      "{\"deterministic-output-path\":\"/iexec_out/../x\"}",
      "{\"deterministic-output-path\":7}",
      "{\"callback-data\":\"xyz\"}"
    }) {
      write("computed.json", json);
      assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.NONE));
      assertFails(TransferCode.INVALID_OUTPUT, () -> ofArchive(CallbackKind.NONE));
    }
  }

  @Test
  void linksAreAnInvalidOutput() throws IOException {
    Files.createSymbolicLink(out.resolve("link"), Path.of("/etc/passwd"));

    assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.NONE));
  }

  @Test
  void linkedFoldersAreAnInvalidOutput() throws IOException {
    Files.createSymbolicLink(out.resolve("link"), home);

    assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.NONE));
  }

  @Test
  void namesThatAreNotUtf8AreAnInvalidOutput() throws IOException {
    var base = out.toUri().toString();
    Files.writeString(Path.of(URI.create(base + "bad%FFname")), "x");

    assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.NONE));
  }

  @Test
  void hugeComputedJsonIsAnInvalidOutput() throws IOException {
    var limits = new OutputLimits(10_000_000, 10);
    write("computed.json", " ".repeat(1 << 20) + "{}");

    assertFails(
        TransferCode.INVALID_OUTPUT, () -> FolderDigest.ofFolder(out, limits, CallbackKind.NONE));
    var zip = home.resolve("huge.zip");
    ResultArchive.write(out, limits, zip);
    assertFails(
        TransferCode.INVALID_OUTPUT, () -> FolderDigest.ofArchive(zip, limits, CallbackKind.NONE));
  }

  @Test
  void failureFileBesideOthersIsAnInvalidOutput() throws IOException {
    write("ruche-failure.json", "{\"code\":\"TRAP\",\"exitCode\":0}");
    assertThat(digest(CallbackKind.NONE).files()).isEqualTo(1);

    write("more", "x");

    assertFails(TransferCode.INVALID_OUTPUT, () -> digest(CallbackKind.NONE));
  }

  @Test
  void aContractThatAskedIsCalledWithTheFailure() throws IOException {
    write("ruche-failure.json", "{\"code\":\"EXIT\",\"exitCode\":3}");
    byte[] told = TaskFailure.of(new Failure(FailureCode.EXIT, 3)).encode();

    var summary = ofArchive(CallbackKind.ANSWER_OR_FAILURE);

    assertThat(summary).isEqualTo(digest(CallbackKind.ANSWER_OR_FAILURE));
    assertThat(summary.callbackData()).isEqualTo(Hex.encode(told));
    assertThat(summary.digest()).isEqualTo(Digest.of(Keccak.hash(told)));
    assertThat(digest(CallbackKind.ANSWER).digest()).isEqualTo(Digest.of(Keccak.hash(new byte[0])));
    assertThat(digest(CallbackKind.ANSWER).callbackData()).isEqualTo("0x");
  }

  @Test
  void outputOverTheLimitsIsRefused() throws IOException {
    write("a", "12345");
    write("b", "12345");

    assertFails(
        TransferCode.OUTPUT_LIMIT,
        () -> FolderDigest.ofFolder(out, new OutputLimits(9, 100), CallbackKind.NONE));
    assertFails(
        TransferCode.OUTPUT_LIMIT,
        () -> FolderDigest.ofFolder(out, new OutputLimits(10, 1), CallbackKind.NONE));
    assertThat(FolderDigest.ofFolder(out, new OutputLimits(10, 2), CallbackKind.NONE)
            .files())
        .isEqualTo(2);
  }

  private ResultSummary digest(CallbackKind callback) {
    return FolderDigest.ofFolder(out, LIMITS, callback);
  }

  private ResultSummary ofArchive(CallbackKind callback) {
    var zip = home.resolve("result.zip");
    ResultArchive.write(out, LIMITS, zip);
    return FolderDigest.ofArchive(zip, LIMITS, callback);
  }

  private void write(String path, String text) throws IOException {
    var file = out.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  private static byte[] sha256(String text) {
    return Hashing.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
