package io.ruche.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person or a retry loop can act on: a stable code, what happened (ids, expected
 * against found), what to do next, and whether trying again may help.
 */
public final class RucheException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String hint;
  private final boolean isRetryable;

  public RucheException(String code, String message, String hint, boolean isRetryable) {
    this(code, message, hint, isRetryable, null);
  }

  public RucheException(
      String code, String message, String hint, boolean isRetryable, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
    this.isRetryable = isRetryable;
  }

  /** Stable, upper-case, such as {@code STAKE_TOO_LOW}; safe to match on. */
  public String code() {
    return code;
  }

  /** What to do next, one sentence; empty when there is nothing to do. */
  public String hint() {
    return hint;
  }

  public boolean isRetryable() {
    return isRetryable;
  }

  /** The one line that people are shown. */
  public String sentence() {
    var text = code + ": " + getMessage();
    if (hint.isEmpty()) {
      return text;
    }
    boolean isEnded = text.endsWith(".") || text.endsWith("?") || text.endsWith(")");
    return text + (isEnded ? " " : ". ") + hint;
  }
}
