package io.ruche.scheduler;

import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * A result that is durably stored and whose digest was recomputed from the stored bytes.
 *
 * @param cid where the archive is, a CIDv1 in base32
 * @param failure not null when the archive holds a certified failure
 * @param callbackData bytes for the deal's callback, 0x-hex; empty when the run gave none
 */
public record StoredResult(
    String cid, Digest digest, @Nullable Failure failure, String callbackData) {

  /** What ends the task with this result. */
  Settlement settlement(boolean hasCallback) {
    return new Settlement(onChainText(), hasCallback ? callbackData : "");
  }

  /** The text whose UTF-8 bytes {@code finalize} puts on chain as {@code results}. */
  public String onChainText() {
    var location = "{\"storage\":\"ipfs\",\"location\":\"/ipfs/" + cid + "\"";
    if (failure == null) {
      return location + "}";
    }
    return location
        + ",\"failure\":{\"code\":\"%s\",\"exitCode\":%d}}"
            .formatted(failure.code(), failure.exitCode());
  }
}
