package io.ruche.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.CallbackKind;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.transfer.Cid;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final OutputLimits LIMITS = new OutputLimits(1 << 20, 100);
  private static final TaskId TASK = TaskId.of(new DealId("0x" + "11".repeat(32)), 4);

  private static final Digest NO_DIGEST = new Digest("0x" + "00".repeat(32));

  @TempDir
  Path folder;

  private Path output;
  private int downloads;

  @BeforeEach
  void createOutput() throws IOException {
    output = Files.createDirectory(folder.resolve("output"));
    Files.writeString(output.resolve("answer.txt"), "42");
  }

  @Test
  void resultIsUnpackedOnceItsDigestIsThatOfTheChain() throws Exception {
    var verified = results().fetch(completed(digest()), CallbackKind.NONE, folder.resolve("got/4"));

    assertThat(folder.resolve("got/4/answer.txt")).hasContent("42");
    assertThat(verified.failure()).isEmpty();
    assertThat(folder.resolve("got/4.zip")).doesNotExist();
  }

  @Test
  void fetchingAgainVerifiesWhatIsThereWithoutADownload() throws Exception {
    var task = completed(digest());
    results().fetch(task, CallbackKind.NONE, folder.resolve("got"));

    results().fetch(task, CallbackKind.NONE, folder.resolve("got"));
    assertThat(downloads).isEqualTo(1);

    Files.writeString(folder.resolve("got/answer.txt"), "43");
    assertFails("RESULT_MISMATCH", task);
  }

  @Test
  void otherDigestThanCertifiedIsRefusedAndNothingIsUnpacked() throws Exception {
    var other = new Digest("0x" + "77".repeat(32));

    assertFails("RESULT_MISMATCH", completed(other));
    assertThat(folder.resolve("got")).doesNotExist();
  }

  @Test
  void certifiedFailureIsRead() throws Exception {
    Files.delete(output.resolve("answer.txt"));
    var failure = new Failure(FailureCode.EXIT, 3);
    Files.write(output.resolve(Failure.FILE_NAME), failure.canonicalBytes());

    var verified = results().fetch(completed(digest()), CallbackKind.NONE, folder.resolve("got"));

    assertThat(verified.failure()).contains(failure);
  }

  @Test
  void failureIsToldByTheChainBeforeTheResultIsFetched() {
    var told = "{\"location\":\"x\",\"failure\":{\"code\":\"EXIT\",\"exitCode\":3}}";

    assertThat(Results.toldFailure(task(TaskStatus.COMPLETED, NO_DIGEST, hex(told))))
        .contains(new Failure(FailureCode.EXIT, 3));
    for (var other : new String[] {"0x", hex("{}"), hex("<"), hex("{\"failure\":{\"code\":1}}")}) {
      assertThat(Results.toldFailure(task(TaskStatus.COMPLETED, NO_DIGEST, other)))
          .isEmpty();
    }
  }

  @Test
  void taskWithoutAResultIsPending() {
    var active = task(TaskStatus.ACTIVE, digest(), "0x");

    assertFails("PENDING", active);
  }

  @Test
  void strangeLocationIsRefusedBeforeAnyDownload() {
    assertFails("RESULT_LOCATION", task(TaskStatus.COMPLETED, digest(), "0x"));
    assertFails(
        "RESULT_LOCATION",
        task(TaskStatus.COMPLETED, digest(), hex("{\"storage\":\"none\",\"location\":\"x\"}")));
    assertFails(
        "RESULT_LOCATION",
        task(
            TaskStatus.COMPLETED,
            digest(),
            hex("{\"storage\":\"ipfs\",\"location\":\"/ipfs/!\"}")));
    assertThat(downloads).isZero();
  }

  private void assertFails(String code, OnChainTask task) {
    assertThatThrownBy(() -> results().fetch(task, CallbackKind.NONE, folder.resolve("got")))
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private Results results() {
    return new Results(this::download, LIMITS);
  }

  private void download(Cid cid, Path file) {
    downloads++;
    try {
      Files.copy(archive(), file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path archive() {
    var zip = folder.resolve("archive.zip");
    ResultArchive.write(output, LIMITS, zip);
    return zip;
  }

  private Digest digest() {
    return FolderDigest.ofFolder(output, LIMITS, CallbackKind.NONE).digest();
  }

  private OnChainTask completed(Digest digest) throws IOException {
    var location = Cid.of(archive()).path();
    return task(
        TaskStatus.COMPLETED,
        digest,
        hex("{\"storage\":\"ipfs\",\"location\":\"%s\"}".formatted(location)));
  }

  private static String hex(String text) {
    return Hex.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static OnChainTask task(TaskStatus status, Digest digest, String results) {
    return new OnChainTask(
        TASK,
        new DealId("0x" + "11".repeat(32)),
        4,
        status,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        NO_DIGEST,
        1,
        1,
        List.of(),
        digest,
        results);
  }
}
