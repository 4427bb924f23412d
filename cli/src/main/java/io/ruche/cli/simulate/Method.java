package io.ruche.cli.simulate;

/** The names that {@code --methods} takes. */
enum Method {
  poco,
  first,
  checks,
  credibility,
  adaptive
}
