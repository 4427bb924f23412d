package io.ruche.transfer;

import io.ruche.core.CallbackKind;
import io.ruche.core.ComputedFile;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.ResultDigest;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The digest of a result, from the folder that an app wrote or from the archive that it travels in.
 */
public final class FolderDigest {
  private FolderDigest() {}

  /** The small files of a result that rule its digest. */
  private interface Source {
    /** The bytes of a file, when it is there; cut when too long to be used. */
    Optional<byte[]> read(String name);
  }

  /**
   * Digest of an output folder.
   *
   * @param callback what a waiting contract gets
   * @throws RucheException INVALID_OUTPUT or OUTPUT_LIMIT: ends that every honest worker reaches;
   *     DISK_FAILED when the folder cannot be read
   */
  public static ResultSummary ofFolder(Path folder, OutputLimits limits, CallbackKind callback) {
    var items = ResultFolder.list(folder, limits);
    return summary(ResultFolder.hash(items), name -> bytesOf(items, name), callback);
  }

  /**
   * Digest of a result archive, without unpacking it.
   *
   * @throws RucheException ARCHIVE_REFUSED or ARCHIVE_TOO_LARGE for an archive that
   *     {@link ResultArchive} cannot have written; INVALID_OUTPUT when its content has no digest
   */
  public static ResultSummary ofArchive(Path zip, OutputLimits limits, CallbackKind callback) {
    try (var archive = ArchiveReader.open(zip, limits)) {
      return summary(archive.hash(), archive::read, callback);
    }
  }

  /**
   * As {@link #ofArchive}, of one in memory; empty for an archive that {@link ResultArchive} has
   * not written byte for byte so, which says nothing of its worth.
   */
  public static Optional<ResultSummary> ofArchive(
      byte[] zip, OutputLimits limits, CallbackKind callback) {
    return SmallArchive.read(zip, limits)
        .map(archive -> summary(archive.hash(), archive::read, callback));
  }

  private static ResultSummary summary(
      List<ResultDigest.Entry> files, Source source, CallbackKind callback) {
    refuseMixedFailure(files);
    var computedJson = source.read(ComputedFile.FILE_NAME);
    long totalBytes = files.stream().mapToLong(ResultDigest.Entry::sizeBytes).sum();
    if (computedJson.isEmpty()) {
      var failure = source.read(Failure.FILE_NAME).flatMap(Failure::parse);
      var answer = callback == CallbackKind.NONE ? new byte[0] : bytesOf(failure, callback);
      var digest =
          callback == CallbackKind.NONE ? ResultDigest.of(files) : Digest.of(Keccak.hash(answer));
      return new ResultSummary(
          digest, Hex.encode(answer), false, failure.orElse(null), files.size(), totalBytes);
    }
    try {
      var computed = ComputedFile.parse(computedJson.get());
      var digest = computed.digest(files, callback);
      var answer = computed.callbackData().isEmpty() ? "0x" : computed.callbackData();
      return new ResultSummary(digest, answer, true, null, files.size(), totalBytes);
    } catch (IllegalArgumentException e) {
      throw TransferCode.INVALID_OUTPUT.error(
          "The result's computed.json cannot be used: %s."
              .formatted(Shown.of(String.valueOf(e.getMessage()))),
          "Correct what the app writes, or let it write no computed.json.",
          e);
    }
  }

  /** What a waiting contract is called with: without computed.json this must be a failure. */
  private static byte[] bytesOf(Optional<Failure> failure, CallbackKind callback) {
    return failure
        .map(callback::bytesOf)
        .orElseThrow(() -> TransferCode.INVALID_OUTPUT.error(
            "The deal has a callback, but the result holds no %s."
                .formatted(ComputedFile.FILE_NAME),
            "Let the app write one with callback-data."));
  }

  private static void refuseMixedFailure(List<ResultDigest.Entry> files) {
    var names = files.stream().map(ResultDigest.Entry::path).toList();
    boolean hasOther = names.contains(ComputedFile.FILE_NAME)
        || names.stream().filter(ResultDigest::isCounted).count() > 1;
    if (names.contains(Failure.FILE_NAME) && hasOther) {
      throw TransferCode.INVALID_OUTPUT.error(
          "The result holds %s beside other files.".formatted(Failure.FILE_NAME),
          "That name is kept for failures; let the app use another.");
    }
  }

  private static Optional<byte[]> bytesOf(List<ResultFolder.Item> items, String name) {
    return items.stream()
        .filter(item -> item.path().equals(name))
        .findFirst()
        .map(FolderDigest::bytesOf);
  }

  private static byte[] bytesOf(ResultFolder.Item item) {
    try (var stream = Files.newInputStream(item.file())) {
      return stream.readNBytes(ComputedFile.MAX_BYTES + 1);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + item.file(), e);
    }
  }
}
