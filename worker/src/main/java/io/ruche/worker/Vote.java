package io.ruche.worker;

import io.ruche.core.ContributionHashes;
import io.ruche.core.Digest;
import io.ruche.core.Salt;
import java.time.Instant;

/**
 * What an attempt came to, kept on disk before anything of it leaves this machine.
 *
 * @param salt blinds the off-chain commit
 * @param contributionDeadline the earlier of the pool's and the deal's own
 */
record Vote(Digest digest, Salt salt, Instant contributionDeadline, Instant finalDeadline) {
  Digest commit() {
    return ContributionHashes.offChainCommit(digest, salt);
  }
}
