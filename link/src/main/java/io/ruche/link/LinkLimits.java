package io.ruche.link;

import java.util.Base64;

/** Bounds of the link, the same on both sides. */
public final class LinkLimits {
  /** Versions of the protocol that this build speaks. */
  public static final int MIN_VERSION = 1;

  public static final int MAX_VERSION = 5;

  /** The first version in which a machine logs in for a worker account. */
  public static final int ACCOUNT_VERSION = 2;

  /** The first version in which a pool may watch what an app writes. */
  public static final int LIVE_VERSION = 2;

  /** The first version in which a worker stops a run that its requester cancelled. */
  public static final int CANCEL_VERSION = 3;

  /** The first version in which a small result may travel in a message. */
  public static final int RESULT_VERSION = 4;

  /**
   * The first version in which a frame may hold several messages, as a JSON array; what comes
   * together is decided and stored together.
   */
  public static final int BATCH_VERSION = 5;

  /** Messages that one frame may hold. */
  public static final int MAX_JOINED = 64;

  /** A longer frame closes the session. */
  public static final int MAX_FRAME_BYTES = 256 * 1024;

  public static final int MAX_DETAIL_CHARS = 2_000;

  /** Groups, and weaknesses, of one machine. */
  public static final int MAX_LISTED = 16;

  /** Attempts one worker may hold at once. */
  public static final int MAX_RUNNING = 1_024;

  /** What an app wrote travels in pieces of at most so many bytes. */
  public static final int MAX_OUTPUT_BYTES = 24 * 1024;

  /** A result archive of at most so many bytes may travel in a message. */
  public static final int MAX_RESULT_BYTES = 24 * 1024;

  /** Where a pool's HTTP origin takes the WebSocket of a worker. */
  public static final String PATH = "/link";

  private LinkLimits() {}

  /** Decodes base64 that may stand for so many bytes of what. */
  static byte[] bytes(String base64, int max, String what) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length > max) {
      throw new IllegalArgumentException(
          "expected at most %d bytes of %s, found %d".formatted(max, what, bytes.length));
    }
    return bytes;
  }

  /** The detail as it may travel: cut when it is too long. */
  public static String bounded(String detail) {
    return detail.length() <= MAX_DETAIL_CHARS ? detail : detail.substring(0, MAX_DETAIL_CHARS);
  }
}
