package io.ruche.transfer;

/** Compares what came with what was expected. */
final class Verification {
  private Verification() {}

  /** Whether the bytes are what was expected. */
  static boolean matches(PartFile part, Checksum checksum) {
    return switch (checksum) {
      case Checksum.Known known -> known.sha256().equals(part.sha256());
      case Checksum.OfCid expected -> expected.cid().equals(part.cid());
      case Checksum.Waived waived -> true;
    };
  }

  /** Throws CHECKSUM_MISMATCH when the bytes are not what was expected. */
  static void require(PartFile part, Checksum checksum, String from) {
    if (matches(part, checksum)) {
      return;
    }
    var values = switch (checksum) {
      case Checksum.Known known ->
        "expected sha256 %s, found %s".formatted(known.sha256(), part.sha256());
      case Checksum.OfCid expected ->
        "expected CID %s, found %s".formatted(expected.cid(), part.cid());
      case Checksum.Waived waived -> "";
    };
    throw TransferCode.CHECKSUM_MISMATCH.error(
        "%s has other bytes than published: %s (%d bytes)."
            .formatted(from, values, part.sizeBytes()),
        "Ask its publisher to serve the published file, or to publish the new one.");
  }
}
