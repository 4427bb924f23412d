package io.ruche.server.data;

import io.ruche.core.Sha256;

/** What an owner signs to publish a file: names the chain and the content, nothing else. */
public final class UploadText {
  private UploadText() {}

  public static String of(long chainId, Sha256 content) {
    return "Ruche file publication\nchain: %d\nsha256: %s".formatted(chainId, content);
  }
}
