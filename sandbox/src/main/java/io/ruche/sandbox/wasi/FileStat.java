package io.ruche.sandbox.wasi;

import io.ruche.sandbox.wasi.Descriptor.OpenFile;
import io.ruche.sandbox.wasi.Descriptor.OpenFolder;
import java.util.Arrays;

/**
 * What a guest learns about a file: kind, size and a stable number. Times, owner and device are
 * fixed because they differ from machine to machine.
 */
final class FileStat {
  static final int UNKNOWN = 0;
  static final int DIRECTORY = 3;
  static final int REGULAR_FILE = 4;

  private static final int STAT_BYTES = 64;
  private static final int STATUS_BYTES = 24;
  private static final long FD_WRITE = bits(6);

  /**
   * Of a file: read, seek, set flags, sync, tell, advise, stat, poll. Of a folder: open, list,
   * stat.
   */
  private static final long READ_RIGHTS = bits(1, 2, 3, 4, 5, 7, 13, 14, 15, 18, 21, 27);

  /** Of a file: datasync, write, allocate, resize, set times. Of a folder: make, rename, remove. */
  private static final long WRITE_RIGHTS =
      FD_WRITE | bits(0, 8, 9, 10, 16, 17, 19, 20, 22, 23, 25, 26);

  private static final int APPEND = 1;

  private FileStat() {}

  private static long bits(int... numbers) {
    return Arrays.stream(numbers).mapToLong(number -> 1L << number).sum();
  }

  static void write(GuestMemory memory, int address, Descriptor descriptor) {
    switch (descriptor) {
      case OpenFile file -> write(memory, address, file.file());
      case OpenFolder folder -> write(memory, address, folder.folder());
      case Descriptor.EmptyInput input -> memory.zero(address, STAT_BYTES);
      case Descriptor.LogOutput log -> memory.zero(address, STAT_BYTES);
    }
  }

  static void write(GuestMemory memory, int address, Node node) {
    memory.zero(address, STAT_BYTES);
    memory.writeLong(address + 8, node.inode());
    memory.writeByte(address + 16, kind(node));
    memory.writeLong(address + 24, 1);
    memory.writeLong(address + 32, size(node));
    for (int time = 40; time < STAT_BYTES; time += Long.BYTES) {
      memory.writeLong(address + time, VirtualClock.START_NANOS);
    }
  }

  static int kind(Node node) {
    return switch (node) {
      case Node.Folder folder -> DIRECTORY;
      case Node.RegularFile file -> REGULAR_FILE;
    };
  }

  private static long size(Node node) {
    return switch (node) {
      case Node.Folder folder -> 0;
      case Node.RegularFile file -> file.sizeBytes();
    };
  }

  /** Kind, flags and rights of a descriptor. */
  static void writeStatus(GuestMemory memory, int address, Descriptor descriptor) {
    memory.zero(address, STATUS_BYTES);
    switch (descriptor) {
      case OpenFile file -> {
        memory.writeByte(address, REGULAR_FILE);
        memory.writeByte(address + 2, file.isAppending() ? APPEND : 0);
        memory.writeLong(
            address + 8,
            (file.isReadable() ? READ_RIGHTS : 0) | (file.isWritable() ? WRITE_RIGHTS : 0));
      }
      case OpenFolder folder -> {
        memory.writeByte(address, DIRECTORY);
        long rights = READ_RIGHTS | (folder.folder().isWritable() ? WRITE_RIGHTS : 0);
        memory.writeLong(address + 8, rights);
        memory.writeLong(address + 16, rights);
      }
      case Descriptor.EmptyInput input -> memory.writeLong(address + 8, READ_RIGHTS);
      case Descriptor.LogOutput log -> memory.writeLong(address + 8, FD_WRITE);
    }
  }
}
