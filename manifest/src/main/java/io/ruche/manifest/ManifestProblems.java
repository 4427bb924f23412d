package io.ruche.manifest;

import java.util.List;

/** Everything that is wrong with a manifest, each problem behind the JSON path of its field. */
public final class ManifestProblems extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ManifestProblems(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Such as {@code functions[0].name: expected ..., found ...}. */
  public List<String> problems() {
    return problems;
  }
}
