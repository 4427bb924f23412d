package io.ruche.sdk;

import io.ruche.transfer.Cid;
import java.nio.file.Path;

/** Where content is fetched by its CID. */
public interface ContentSource {
  /** Writes the content to a file once all its bytes match the CID; replaces an older file. */
  void download(Cid cid, Path file);
}
