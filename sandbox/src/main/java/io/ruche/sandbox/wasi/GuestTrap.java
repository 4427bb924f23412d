package io.ruche.sandbox.wasi;

/** The guest did what no module may do: its run ends there, on every engine alike. */
public class GuestTrap extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GuestTrap(String detail) {
    super(detail, null, false, false);
  }
}
