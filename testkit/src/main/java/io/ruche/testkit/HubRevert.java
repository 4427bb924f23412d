package io.ruche.testkit;

/** The hub refused a call; the name is that of the Solidity hub's custom error. */
public final class HubRevert extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;

  public HubRevert(String error, String detail) {
    super(error + ": " + detail);
    this.error = error;
  }

  public String error() {
    return error;
  }
}
