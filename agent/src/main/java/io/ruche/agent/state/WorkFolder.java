package io.ruche.agent.state;

import java.nio.file.Path;

/** The files of one attempt. */
public record WorkFolder(Path root) {
  /** What the app sees as {@code /iexec_in}. */
  public Path input() {
    return root.resolve("in");
  }

  /** What the app sees as {@code /iexec_out}. */
  public Path output() {
    return root.resolve("out");
  }

  /** The result as it is uploaded; there once the digest is known. */
  public Path archive() {
    return root.resolve("result.zip");
  }
}
