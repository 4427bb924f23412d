package io.ruche.transfer;

import io.ruche.core.Sha256;

/** What the bytes of a download must be. */
public sealed interface Checksum {
  /** Exactly the bytes with this hash. */
  record Known(Sha256 sha256) implements Checksum {}

  /** Exactly the bytes with this CID, as our chunking gives it. */
  record OfCid(Cid cid) implements Checksum {}

  /** Whatever comes: only for a requester who said so. */
  record Waived() implements Checksum {}

  /**
   * The checksum that an app, dataset or input was published with.
   *
   * @param isEmptyAllowed whether the requester accepts unchecked bytes when none was published
   * @throws io.ruche.core.RucheException CHECKSUM_MISSING when none was published and none is not
   *     accepted
   */
  static Checksum published(Sha256 sha256, boolean isEmptyAllowed) {
    if (!sha256.equals(Sha256.ABSENT)) {
      return new Known(sha256);
    }
    if (isEmptyAllowed) {
      return new Waived();
    }
    throw TransferCode.CHECKSUM_MISSING.error(
        "No checksum was published for this file, so its bytes cannot be trusted.",
        "Publish it with its sha256, or say in the request that an empty checksum is accepted.");
  }
}
