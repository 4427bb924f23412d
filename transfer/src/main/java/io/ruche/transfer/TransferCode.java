package io.ruche.transfer;

import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;

/** The stable codes of this module's errors, and the certified failure that each leads to. */
public enum TransferCode {
  BAD_LOCATION(FailureCode.FETCH, false),
  ADDRESS_REFUSED(FailureCode.FETCH, false),
  FILE_URL_REFUSED(FailureCode.FETCH, false),
  REDIRECT_REFUSED(FailureCode.FETCH, false),
  HTTP_STATUS(FailureCode.FETCH, false),
  UNREACHABLE(FailureCode.FETCH, true),
  FETCH_TIMEOUT(FailureCode.FETCH, true),
  INTERRUPTED(FailureCode.INFRASTRUCTURE, true),
  TOO_LARGE(FailureCode.FETCH, false),
  CHECKSUM_MISSING(FailureCode.CHECKSUM, false),
  CHECKSUM_MISMATCH(FailureCode.CHECKSUM, false),
  CACHE_FULL(FailureCode.INFRASTRUCTURE, true),
  CACHE_IN_USE(FailureCode.INFRASTRUCTURE, false),
  DISK_FULL(FailureCode.INFRASTRUCTURE, true),
  DISK_FAILED(FailureCode.INFRASTRUCTURE, true),
  BLOB_MISSING(FailureCode.FETCH, false),
  BLOB_CORRUPT(FailureCode.INFRASTRUCTURE, false),
  BLOB_TOO_LARGE(FailureCode.OUTPUT_LIMIT, false),
  INVALID_OUTPUT(FailureCode.INVALID_OUTPUT, false),
  OUTPUT_LIMIT(FailureCode.OUTPUT_LIMIT, false),
  ARCHIVE_REFUSED(FailureCode.INVALID_OUTPUT, false),
  ARCHIVE_TOO_LARGE(FailureCode.OUTPUT_LIMIT, false);

  private final FailureCode failure;
  private final boolean isRetryable;

  TransferCode(FailureCode failure, boolean isRetryable) {
    this.failure = failure;
    this.isRetryable = isRetryable;
  }

  /** What a run ends with when this happens to it. */
  public FailureCode failure() {
    return failure;
  }

  /**
   * The failure that {@code error} leads to; {@code INFRASTRUCTURE} when it is not of this module.
   */
  public static FailureCode failureOf(RucheException error) {
    for (TransferCode code : values()) {
      if (code.name().equals(error.code())) {
        return code.failure;
      }
    }
    return FailureCode.INFRASTRUCTURE;
  }

  boolean isCodeOf(RucheException error) {
    return name().equals(error.code());
  }

  RucheException error(String message, String hint) {
    return new RucheException(name(), message, hint, isRetryable);
  }

  RucheException error(String message, String hint, Throwable cause) {
    return new RucheException(name(), message, hint, isRetryable, cause);
  }
}
