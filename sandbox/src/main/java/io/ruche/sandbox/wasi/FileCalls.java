package io.ruche.sandbox.wasi;

import io.ruche.sandbox.wasi.Calls.Arguments;
import io.ruche.sandbox.wasi.Descriptor.EmptyInput;
import io.ruche.sandbox.wasi.Descriptor.LogOutput;
import io.ruche.sandbox.wasi.Descriptor.OpenFile;
import io.ruche.sandbox.wasi.Descriptor.OpenFolder;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The calls on open descriptors. */
final class FileCalls {
  private static final int APPEND = 1;

  private final FileTree tree;
  private final DescriptorTable descriptors;

  FileCalls(FileTree tree, DescriptorTable descriptors) {
    this.tree = tree;
    this.descriptors = descriptors;
  }

  void addTo(Calls calls) {
    calls.add("fd_read", "iiii", (memory, args) -> {
      int given = read(memory, args, -1);
      memory.writeInt(args.i32(3), given);
    });
    calls.add("fd_pread", "iiiIi", (memory, args) -> {
      int given = read(memory, args, requireNotNegative(args.i64(3)));
      memory.writeInt(args.i32(4), given);
    });
    calls.add("fd_write", "iiii", (memory, args) -> {
      int taken = write(memory, args, -1);
      memory.writeInt(args.i32(3), taken);
    });
    calls.add("fd_pwrite", "iiiIi", (memory, args) -> {
      int taken = write(memory, args, requireNotNegative(args.i64(3)));
      memory.writeInt(args.i32(4), taken);
    });
    calls.add("fd_close", "i", (memory, args) -> descriptors.close(args.i32(0)));
    calls.add(
        "fd_renumber", "ii", (memory, args) -> descriptors.renumber(args.i32(0), args.i32(1)));
    calls.add("fd_seek", "iIii", this::seek);
    calls.add(
        "fd_tell",
        "ii",
        (memory, args) ->
            memory.writeLong(args.i32(1), descriptors.file(args.i32(0)).position()));
    calls.add("fd_allocate", "iII", this::allocate);
    calls.add(
        "fd_filestat_set_size",
        "iI",
        (memory, args) -> resize(writable(args.i32(0)), requireNotNegative(args.i64(1))));
    calls.add(
        "fd_filestat_get",
        "ii",
        (memory, args) -> FileStat.write(memory, args.i32(1), descriptors.get(args.i32(0))));
    calls.add(
        "fd_fdstat_get",
        "ii",
        (memory, args) -> FileStat.writeStatus(memory, args.i32(1), descriptors.get(args.i32(0))));
    calls.add(
        "fd_fdstat_set_flags",
        "ii",
        (memory, args) -> descriptors.file(args.i32(0)).setAppending((args.i32(1) & APPEND) != 0));
    addWithoutEffect(calls);
  }

  /**
   * Durability, hints, times and rights mean nothing here; the descriptor must exist all the same.
   */
  private void addWithoutEffect(Calls calls) {
    calls.add("fd_sync", "i", this::requireDescriptor);
    calls.add("fd_datasync", "i", this::requireDescriptor);
    calls.add("fd_advise", "iIIi", this::requireDescriptor);
    calls.add("fd_filestat_set_times", "iIIi", this::requireDescriptor);
    calls.add("fd_fdstat_set_rights", "iII", this::requireDescriptor);
  }

  private void requireDescriptor(GuestMemory memory, Arguments args) throws WasiError {
    descriptors.get(args.i32(0));
  }

  private static long requireNotNegative(long value) throws WasiError {
    if (value < 0) {
      throw new WasiError(Errno.INVAL);
    }
    return value;
  }

  private int read(GuestMemory memory, Arguments args, long offset) throws WasiError, IOException {
    return switch (descriptors.get(args.i32(0))) {
      case EmptyInput input -> 0;
      case LogOutput log -> throw new WasiError(Errno.BADF);
      case OpenFolder folder -> throw new WasiError(Errno.ISDIR);
      case OpenFile file -> {
        if (!file.isReadable()) {
          throw new WasiError(Errno.NOTCAPABLE);
        }
        long start = offset < 0 ? file.position() : offset;
        var source = new FileSource(file, start);
        int given = memory.scatter(args.i32(1), args.i32(2), source);
        if (offset < 0) {
          file.moveTo(start + given);
        }
        yield given;
      }
    };
  }

  /** Reads on from a position until the buffer is full or the file ends. */
  private static final class FileSource implements GuestMemory.ChunkCall {
    private final OpenFile file;
    private long position;

    FileSource(OpenFile file, long position) {
      this.file = file;
      this.position = position;
    }

    @Override
    public int apply(byte[] chunk, int length) throws IOException {
      var buffer = ByteBuffer.wrap(chunk, 0, length);
      int count = 1;
      while (buffer.hasRemaining() && count > 0) {
        count = file.channel().read(buffer, position);
        position += Math.max(0, count);
      }
      return buffer.position();
    }
  }

  private int write(GuestMemory memory, Arguments args, long offset) throws WasiError, IOException {
    return switch (descriptors.get(args.i32(0))) {
      case EmptyInput input -> throw new WasiError(Errno.BADF);
      case LogOutput log ->
        memory.gather(args.i32(1), args.i32(2), (bytes, length) -> {
          log.log().append(bytes, length);
          return length;
        });
      case OpenFolder folder -> throw new WasiError(Errno.ISDIR);
      case OpenFile file -> writeFile(memory, args, writable(args.i32(0)), offset);
    };
  }

  private int writeFile(GuestMemory memory, Arguments args, OpenFile file, long offset)
      throws WasiError, IOException {
    long start = offset < 0 ? file.position() : offset;
    var end = new long[] {start};
    int taken = memory.gather(args.i32(1), args.i32(2), (bytes, length) -> {
      writeBytes(file, ByteBuffer.wrap(bytes, 0, length), end[0]);
      end[0] += length;
      return length;
    });
    if (offset < 0) {
      file.moveTo(end[0]);
    }
    return taken;
  }

  private void writeBytes(OpenFile file, ByteBuffer bytes, long position) throws IOException {
    long end = Math.addExact(position, bytes.remaining());
    if (end > file.file().sizeBytes()) {
      tree.resize(file.file(), end);
    }
    while (bytes.hasRemaining()) {
      position += file.channel().write(bytes, position);
    }
  }

  private OpenFile writable(int fd) throws WasiError {
    var file = descriptors.file(fd);
    if (!file.isWritable()) {
      throw new WasiError(Errno.NOTCAPABLE);
    }
    return file;
  }

  private void seek(GuestMemory memory, Arguments args) throws WasiError {
    var file = descriptors.file(args.i32(0));
    long base = switch (args.i32(2)) {
      case 0 -> 0;
      case 1 -> file.position();
      case 2 -> file.file().sizeBytes();
      default -> throw new WasiError(Errno.INVAL);
    };
    long target = base + args.i64(1);
    file.moveTo(requireNotNegative(target));
    memory.writeLong(args.i32(3), target);
  }

  private void allocate(GuestMemory memory, Arguments args) throws WasiError, IOException {
    var file = writable(args.i32(0));
    long end = requireNotNegative(args.i64(1)) + requireNotNegative(args.i64(2));
    if (requireNotNegative(end) > file.file().sizeBytes()) {
      resize(file, end);
    }
  }

  /** Cuts a file, or lengthens it with zero bytes. */
  private void resize(OpenFile file, long newSizeBytes) throws IOException {
    long oldSizeBytes = file.file().sizeBytes();
    tree.resize(file.file(), newSizeBytes);
    if (newSizeBytes < oldSizeBytes) {
      file.channel().truncate(newSizeBytes);
    } else if (newSizeBytes > oldSizeBytes) {
      file.channel().write(ByteBuffer.allocate(1), newSizeBytes - 1);
    }
  }
}
