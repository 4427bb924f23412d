package io.ruche.transfer;

import io.ruche.core.ComputedFile;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
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

  /**
   * Digest of an output folder.
   *
   * @param hasCallback whether the deal names a contract to call back
   * @throws RucheException INVALID_OUTPUT or OUTPUT_LIMIT: ends that every honest worker reaches;
   *     DISK_FAILED when the folder cannot be read
   */
  public static ResultSummary ofFolder(Path folder, OutputLimits limits, boolean hasCallback) {
    var items = ResultFolder.list(folder, limits);
    var computed = items.stream()
        .filter(item -> item.path().equals(ComputedFile.FILE_NAME))
        .findFirst()
        .map(FolderDigest::bytesOf);
    return summary(ResultFolder.hash(items), computed, hasCallback);
  }

  /**
   * Digest of a result archive, without unpacking it.
   *
   * @throws RucheException ARCHIVE_REFUSED or ARCHIVE_TOO_LARGE for an archive that
   *     {@link ResultArchive} cannot have written; INVALID_OUTPUT when its content has no digest
   */
  public static ResultSummary ofArchive(Path zip, OutputLimits limits, boolean hasCallback) {
    try (var archive = ArchiveReader.open(zip, limits)) {
      return summary(archive.hash(), archive.computedJson(), hasCallback);
    }
  }

  private static ResultSummary summary(
      List<ResultDigest.Entry> files, Optional<byte[]> computedJson, boolean hasCallback) {
    refuseMixedFailure(files);
    long totalBytes = files.stream().mapToLong(ResultDigest.Entry::sizeBytes).sum();
    if (computedJson.isEmpty()) {
      var digest = digestOfFiles(files, hasCallback);
      return new ResultSummary(digest, "0x", false, files.size(), totalBytes);
    }
    try {
      var computed = ComputedFile.parse(computedJson.get());
      var digest = computed.digest(files, hasCallback);
      var callback = computed.callbackData().isEmpty() ? "0x" : computed.callbackData();
      return new ResultSummary(digest, callback, true, files.size(), totalBytes);
    } catch (IllegalArgumentException e) {
      throw TransferCode.INVALID_OUTPUT.error(
          "The result's computed.json cannot be used: %s."
              .formatted(Shown.of(String.valueOf(e.getMessage()))),
          "Correct what the app writes, or let it write no computed.json.",
          e);
    }
  }

  /** A contract that waits can only be given bytes whose hash is the digest; none for a failure. */
  private static Digest digestOfFiles(List<ResultDigest.Entry> files, boolean hasCallback) {
    if (!hasCallback) {
      return ResultDigest.of(files);
    }
    if (files.stream().anyMatch(file -> file.path().equals(Failure.FILE_NAME))) {
      return ResultDigest.NO_ANSWER;
    }
    throw TransferCode.INVALID_OUTPUT.error(
        "The deal has a callback, but the result holds no %s.".formatted(ComputedFile.FILE_NAME),
        "Let the app write one with callback-data.");
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

  private static byte[] bytesOf(ResultFolder.Item item) {
    try (var stream = Files.newInputStream(item.file())) {
      return stream.readNBytes(ComputedFile.MAX_BYTES + 1);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + item.file(), e);
    }
  }
}
