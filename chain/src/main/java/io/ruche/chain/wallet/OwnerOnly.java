package io.ruche.chain.wallet;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read and write from their first moment on. */
public final class OwnerOnly {
  private static final FileAttribute<?> PERMISSIONS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private OwnerOnly() {}

  /** For a new file there. Where files know no such rights (Windows), those of the folder hold. */
  public static FileAttribute<?>[] in(Path folder) {
    boolean knowsRights = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return knowsRights ? new FileAttribute<?>[] {PERMISSIONS} : new FileAttribute<?>[0];
  }
}
