package io.ruche.sandbox.wasi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder as the guest sees it. The tree lives in memory, so looking a path up never
 * touches the machine's file system: there is no link to follow and no way out.
 */
abstract sealed class Node {
  private final long inode;
  private final boolean isWritable;
  private Path path;

  Node(long inode, boolean isWritable, Path path) {
    this.inode = inode;
    this.isWritable = isWritable;
    this.path = path;
  }

  /** Numbered in the order of discovery or creation: the same on every machine. */
  long inode() {
    return inode;
  }

  boolean isWritable() {
    return isWritable;
  }

  /** Where the machine keeps it. */
  Path path() {
    return path;
  }

  void moveTo(Path newPath) {
    path = newPath;
  }

  static final class Folder extends Node {
    private static final Comparator<String> BY_BYTES = Comparator.comparing(
        name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final SortedMap<String, Node> children = new TreeMap<>(BY_BYTES);

    Folder(long inode, boolean isWritable, Path path) {
      super(inode, isWritable, path);
    }

    /** By the bytes of their names, which is also the order in which guests list them. */
    SortedMap<String, Node> children() {
      return children;
    }

    @Nullable
    Node child(String name) {
      return children.get(name);
    }

    @Override
    void moveTo(Path newPath) {
      super.moveTo(newPath);
      children.forEach((name, child) -> child.moveTo(newPath.resolve(name)));
    }
  }

  static final class RegularFile extends Node {
    private long sizeBytes;
    private int openCount;
    private boolean isRemoved;

    RegularFile(long inode, boolean isWritable, Path path, long sizeBytes) {
      super(inode, isWritable, path);
      this.sizeBytes = sizeBytes;
    }

    long sizeBytes() {
      return sizeBytes;
    }

    void resize(long newSizeBytes) {
      sizeBytes = newSizeBytes;
    }

    void opened() {
      openCount++;
    }

    void closed() {
      openCount--;
    }

    void removed() {
      isRemoved = true;
    }

    /** True once its bytes are gone from the disk: removed, and no descriptor holds it. */
    boolean isGone() {
      return isRemoved && openCount == 0;
    }
  }
}
