package io.ruche.sandbox.wasi;

import io.ruche.sandbox.wasi.Descriptor.OpenFile;
import io.ruche.sandbox.wasi.Descriptor.OpenFolder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The guest's open files; new ones get the lowest free number. */
final class DescriptorTable implements AutoCloseable {
  static final int MAX_OPEN = 256;

  private final @Nullable Descriptor[] open = new @Nullable Descriptor[MAX_OPEN];
  private final FileTree tree;

  DescriptorTable(FileTree tree) {
    this.tree = tree;
  }

  int add(Descriptor descriptor) throws WasiError {
    requireRoom();
    for (int fd = 0; ; fd++) {
      if (open[fd] == null) {
        open[fd] = descriptor;
        return fd;
      }
    }
  }

  /** To be called before a file is opened or made, so that nothing has to be undone. */
  void requireRoom() throws WasiError {
    for (var descriptor : open) {
      if (descriptor == null) {
        return;
      }
    }
    throw new WasiError(Errno.MFILE);
  }

  Descriptor get(int fd) throws WasiError {
    var found = fd < 0 || fd >= MAX_OPEN ? null : open[fd];
    if (found == null) {
      throw new WasiError(Errno.BADF);
    }
    return found;
  }

  OpenFolder folder(int fd) throws WasiError {
    if (get(fd) instanceof OpenFolder folder) {
      return folder;
    }
    throw new WasiError(Errno.NOTDIR);
  }

  OpenFile file(int fd) throws WasiError {
    return switch (get(fd)) {
      case OpenFile file -> file;
      case OpenFolder folder -> throw new WasiError(Errno.ISDIR);
      case Descriptor.EmptyInput input -> throw new WasiError(Errno.SPIPE);
      case Descriptor.LogOutput log -> throw new WasiError(Errno.SPIPE);
    };
  }

  void close(int fd) throws WasiError, IOException {
    var descriptor = get(fd);
    open[fd] = null;
    if (descriptor instanceof OpenFile file) {
      file.close(tree);
    }
  }

  /** Makes {@code to} stand for what {@code from} stood for, and frees {@code from}. */
  void renumber(int from, int to) throws WasiError, IOException {
    var moved = get(from);
    get(to);
    if (from == to) {
      return;
    }
    close(to);
    open[from] = null;
    open[to] = moved;
  }

  @Override
  public void close() throws IOException {
    for (int fd = 0; fd < MAX_OPEN; fd++) {
      if (open[fd] instanceof OpenFile file) {
        open[fd] = null;
        file.close(tree);
      }
    }
  }
}
