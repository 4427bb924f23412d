package io.ruche.sandbox.rewrite;

/** A valid module that uses what engines do not agree on, or what is not counted. */
public final class UnsupportedModule extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedModule(String detail) {
    super(detail, null, false, false);
  }
}
