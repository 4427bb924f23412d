package io.ruche.sdk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.CallbackKind;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskStatus;
import io.ruche.transfer.Cid;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultArchive;
import io.ruche.transfer.ResultSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Downloads results and verifies them: the bytes against the CID that the chain names, and the
 * digest, recomputed from the bytes, against the one that the workers certified.
 */
public final class Results {
  private static final JsonMapper JSON = new JsonMapper();

  private final ContentSource source;
  private final OutputLimits limits;

  public Results(ContentSource source, OutputLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * A verified result.
   *
   * @param failure why the run failed, when the workers certified a failure
   * @param ignoresFolders true when the app's own digest rule leaves out sub-folders
   */
  public record Verified(
      OnChainTask task, Cid cid, Path folder, Optional<Failure> failure, boolean ignoresFolders) {}

  /**
   * Fetches a task's result into a folder, which appears whole and verified or not at all.
   *
   * @throws RucheException PENDING, RESULT_MISMATCH, or what the transfer met
   */
  public Verified fetch(OnChainTask task, CallbackKind callback, Path folder) {
    if (task.status() != TaskStatus.COMPLETED) {
      throw SdkErrors.resultPending(task.id(), task.status().name());
    }
    var cid = cidOf(task);
    try {
      var summary = Files.isDirectory(folder)
          ? FolderDigest.ofFolder(folder, limits, callback)
          : download(task, cid, callback, folder);
      requireDigest(task, summary);
      var failure = Optional.ofNullable(summary.failure());
      return new Verified(task, cid, folder, failure, summary.isReferenceRule());
    } catch (IOException e) {
      throw new RucheException(
          "DISK_FAILED",
          "cannot store the result of task %s in %s: %s".formatted(task.id(), folder, e),
          "Free some space or choose another --output-dir.",
          true,
          e);
    }
  }

  private ResultSummary download(OnChainTask task, Cid cid, CallbackKind callback, Path folder)
      throws IOException {
    var zip = folder.resolveSibling(folder.getFileName() + ".zip").toAbsolutePath();
    Files.createDirectories(zip.getParent());
    source.download(cid, zip);
    var summary = FolderDigest.ofArchive(zip, limits, callback);
    requireDigest(task, summary);
    ResultArchive.unpack(zip, folder, limits);
    Files.delete(zip);
    return summary;
  }

  private static void requireDigest(OnChainTask task, ResultSummary summary) {
    if (!summary.digest().equals(task.resultDigest())) {
      throw SdkErrors.resultMismatch(
          task.id(), task.resultDigest().hex(), summary.digest().hex());
    }
  }

  /** Where the chain says the result is. */
  public static Cid cidOf(OnChainTask task) {
    try {
      var text = new String(Hex.decode(task.results()), StandardCharsets.UTF_8);
      var json = JSON.readTree(text);
      var location = json.path("location").asText();
      if (!json.path("storage").asText().equals("ipfs") || !location.startsWith("/ipfs/")) {
        throw SdkErrors.resultLocation(task.id(), "expected an /ipfs/ location, found " + text);
      }
      return cid(task, location.substring("/ipfs/".length()));
    } catch (JacksonException | IllegalArgumentException e) {
      throw SdkErrors.resultLocation(task.id(), String.valueOf(e.getMessage()));
    }
  }

  private static Cid cid(OnChainTask task, String text) {
    try {
      return Cid.parse(text);
    } catch (RucheException e) {
      throw SdkErrors.resultLocation(task.id(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The failure that the pool wrote beside the result's location. Only fetching the result shows
   * that the workers certified it.
   */
  public static Optional<Failure> toldFailure(OnChainTask task) {
    try {
      var text = new String(Hex.decode(task.results()), StandardCharsets.UTF_8);
      var failure = JSON.readTree(text).path("failure");
      return failure.isMissingNode() ? Optional.empty() : Optional.of(failure(failure));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Failure failure(JsonNode json) {
    return new Failure(
        FailureCode.valueOf(json.path("code").asText()), json.path("exitCode").asInt());
  }
}
