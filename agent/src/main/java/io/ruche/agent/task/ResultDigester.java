package io.ruche.agent.task;

import io.ruche.core.CallbackKind;
import io.ruche.core.Digest;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import java.nio.file.Path;

/** Computes what a result is worth in the vote. */
@FunctionalInterface
public interface ResultDigester {
  /**
   * Digest of an output folder.
   *
   * @throws io.ruche.core.RucheException INVALID_OUTPUT or OUTPUT_LIMIT for an output that has no
   *     digest
   */
  Digest digest(Path output, OutputLimits limits, CallbackKind callback);

  /** The rule of the protocol. */
  static ResultDigester standard() {
    return (output, limits, callback) ->
        FolderDigest.ofFolder(output, limits, callback).digest();
  }
}
