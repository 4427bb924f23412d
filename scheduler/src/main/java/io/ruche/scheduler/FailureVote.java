package io.ruche.scheduler;

import io.ruche.core.CallbackKind;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.Keccak;
import io.ruche.core.ResultDigest;
import io.ruche.core.Sha256;
import io.ruche.core.TaskId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** What a certified failure looks like on chain, so that its votes are recognised. */
public final class FailureVote {
  private FailureVote() {}

  /**
   * Digest of the result folder that holds nothing but the failure, or of what a waiting contract
   * is called with.
   */
  public static Digest digest(Failure failure, CallbackKind callback) {
    if (callback != CallbackKind.NONE) {
      return Digest.of(Keccak.hash(callback.bytesOf(failure)));
    }
    byte[] bytes = failure.canonicalBytes();
    var entry = new ResultDigest.Entry(Failure.FILE_NAME, bytes.length, sha256(bytes));
    return ResultDigest.of(List.of(entry));
  }

  static Digest resultHash(PoolTask task, Failure failure) {
    var deal = task.deal().terms().deal();
    return resultHash(task.id(), digest(failure, deal.callbackKind()));
  }

  static Digest resultHash(TaskId task, Digest digest) {
    return ContributionHashes.resultHash(task, digest);
  }

  private static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
