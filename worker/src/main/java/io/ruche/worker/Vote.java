package io.ruche.worker;

import io.ruche.core.ContributionHashes;
import io.ruche.core.Digest;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to, kept on disk before anything of it leaves this machine.
 *
 * @param salt blinds the off-chain commit
 * @param contributionDeadline the earlier of the pool's and the deal's own
 * @param usage told to the pool; null where the run never came to an end of its own
 */
record Vote(
    Digest digest,
    Salt salt,
    Instant contributionDeadline,
    Instant finalDeadline,
    @Nullable RunUsage usage) {
  Digest commit() {
    return ContributionHashes.offChainCommit(digest, salt);
  }
}
