package io.ruche.scheduler;

import io.ruche.core.Address;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who was told to reveal and to upload, and which machines could not deliver. */
final class RevealRound {
  /** Every task in memory has a round, and most tell one winner and miss no upload. */
  private static final int FEW = 1;

  private Map<Address, Instant> toldToReveal = Map.of();
  private Set<Address> uploadFailed = Set.of();
  private @Nullable Attempt uploader;
  private Instant uploadAskedAt = Instant.MIN;
  private Instant uploadsRestUntil = Instant.MIN;
  private @Nullable Instant since;

  /** When the round was first looked at, which is now if it was not before. */
  Instant since(Instant now) {
    if (since == null) {
      since = now;
    }
    return since;
  }

  /** When the worker was last told; the distant past when it never was. */
  Instant toldToRevealAt(Address worker) {
    return toldToReveal.getOrDefault(worker, Instant.MIN);
  }

  void toldToReveal(Address worker, Instant now) {
    toldToReveal = toldToReveal.isEmpty() ? new HashMap<>(FEW) : toldToReveal;
    toldToReveal.put(worker, now);
  }

  /** The winner that is asked for the result now; null when the next one is to be asked. */
  @Nullable
  Attempt uploader() {
    return uploader;
  }

  Instant uploadAskedAt() {
    return uploadAskedAt;
  }

  void askForUpload(Attempt attempt, Instant now) {
    uploader = attempt;
    uploadAskedAt = now;
  }

  void uploadFailed(Address machine) {
    uploadFailed = uploadFailed.isEmpty() ? new HashSet<>(FEW) : uploadFailed;
    uploadFailed.add(machine);
    if (uploader != null && uploader.machine().equals(machine)) {
      uploader = null;
    }
  }

  boolean hasUploadFailed(Address machine) {
    return uploadFailed.contains(machine);
  }

  /** Everybody failed once: all may be asked again, after a rest. */
  void forgiveUploads(Instant from) {
    uploadFailed = Set.of();
    uploadsRestUntil = from;
  }

  /** Nobody is asked for the result before. */
  Instant uploadsRestUntil() {
    return uploadsRestUntil;
  }

  /** What this machine was told may not have reached it. */
  void tellAgain(Attempt attempt) {
    if (!toldToReveal.isEmpty()) {
      toldToReveal.remove(attempt.worker());
    }
    if (uploader != null && uploader.machine().equals(attempt.machine())) {
      uploader = null;
    }
  }

  void reset() {
    toldToReveal = Map.of();
    uploadFailed = Set.of();
    uploader = null;
    uploadsRestUntil = Instant.MIN;
    since = null;
  }
}
