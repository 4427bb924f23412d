package io.ruche.server.http;

/** A request that is answered with an error: status, stable code, one sentence, what to do. */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String hint;

  public HttpProblem(int status, String code, String message, String hint) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }

  public static HttpProblem badRequest(String code, String message, String hint) {
    return new HttpProblem(400, code, message, hint);
  }

  public static HttpProblem unauthorized(String code, String message, String hint) {
    return new HttpProblem(401, code, message, hint);
  }

  public static HttpProblem notFound(String code, String message) {
    return new HttpProblem(404, code, message, "");
  }

  public static HttpProblem tooLarge(String code, long maxBytes) {
    return new HttpProblem(
        413, code, "expected at most %d bytes.".formatted(maxBytes), "Send less.");
  }

  public static HttpProblem tooMany(String message, String hint) {
    return new HttpProblem(429, "RATE_LIMITED", message, hint);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String hint() {
    return hint;
  }

  /** Who throws one knows why; nobody reads the stack. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
