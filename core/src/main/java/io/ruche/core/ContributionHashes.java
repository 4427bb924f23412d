package io.ruche.core;

/**
 * What a worker puts on chain in place of its result digest, so that nobody can copy it.
 *
 * @param resultHash keccak256(task, digest): equal for workers that agree
 * @param resultSeal keccak256(worker, task, digest): proves the worker knew the digest
 */
public record ContributionHashes(Digest resultHash, Digest resultSeal) {
  public static ContributionHashes of(Address worker, TaskId task, Digest digest) {
    return new ContributionHashes(
        resultHash(task, digest),
        Digest.of(Keccak.hash(worker.bytes(), task.bytes(), digest.bytes())));
  }

  /** The first of the two, which is the same for every worker. */
  public static Digest resultHash(TaskId task, Digest digest) {
    return Digest.of(Keccak.hash(task.bytes(), digest.bytes()));
  }

  /** Commit sent to the pool before it releases its authorization: keccak256(digest, salt). */
  public static Digest offChainCommit(Digest digest, Salt salt) {
    return Digest.of(Keccak.hash(digest.bytes(), salt.bytes()));
  }
}
