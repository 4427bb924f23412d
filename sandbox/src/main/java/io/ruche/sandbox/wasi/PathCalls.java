package io.ruche.sandbox.wasi;

import io.ruche.sandbox.wasi.Calls.Arguments;
import io.ruche.sandbox.wasi.Descriptor.OpenFile;
import io.ruche.sandbox.wasi.Descriptor.OpenFolder;
import io.ruche.sandbox.wasi.FileTree.Place;
import io.ruche.sandbox.wasi.Node.Folder;
import io.ruche.sandbox.wasi.Node.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The calls that name files by path, and folder listings. Links can neither be made nor followed.
 */
final class PathCalls {
  private static final int CREATE = 1;
  private static final int FOLDER_ONLY = 2;
  private static final int EXCLUSIVE = 4;
  private static final int TRUNCATE = 8;
  private static final int APPEND = 1;
  private static final long READ_RIGHT = 1L << 1;
  private static final long WRITE_RIGHT = 1L << 6;
  private static final int DIRENT_BYTES = 24;

  private final FileTree tree;
  private final DescriptorTable descriptors;

  PathCalls(FileTree tree, DescriptorTable descriptors) {
    this.tree = tree;
    this.descriptors = descriptors;
  }

  void addTo(Calls calls) {
    calls.add("path_open", "iiiiiIIii", this::open);
    calls.add(
        "path_create_directory",
        "iii",
        (memory, args) -> tree.createFolder(place(memory, args, 0, 1)));
    calls.add(
        "path_filestat_get",
        "iiiii",
        (memory, args) ->
            FileStat.write(memory, args.i32(4), place(memory, args, 0, 2).require()));
    calls.add(
        "path_filestat_set_times",
        "iiiiIIi",
        (memory, args) -> place(memory, args, 0, 2).require());
    calls.add(
        "path_remove_directory",
        "iii",
        (memory, args) -> tree.removeFolder(place(memory, args, 0, 1)));
    calls.add(
        "path_unlink_file", "iii", (memory, args) -> tree.removeFile(place(memory, args, 0, 1)));
    calls.add(
        "path_rename",
        "iiiiii",
        (memory, args) -> tree.rename(place(memory, args, 0, 1), place(memory, args, 3, 4)));
    calls.add("path_readlink", "iiiiii", (memory, args) -> {
      place(memory, args, 0, 1).require();
      throw new WasiError(Errno.INVAL);
    });
    calls.add("path_link", "iiiiiii", PathCalls::refuseLink);
    calls.add("path_symlink", "iiiii", PathCalls::refuseLink);
    calls.add("fd_readdir", "iiiIi", this::list);
    calls.add("fd_prestat_get", "ii", (memory, args) -> {
      byte[] name = preopenName(args.i32(0));
      memory.writeInt(args.i32(1), 0);
      memory.writeInt(args.i32(1) + 4, name.length);
    });
    calls.add("fd_prestat_dir_name", "iii", (memory, args) -> {
      byte[] name = preopenName(args.i32(0));
      if (args.i32(2) < name.length) {
        throw new WasiError(Errno.NAMETOOLONG);
      }
      memory.write(args.i32(1), name);
    });
  }

  private static void refuseLink(GuestMemory memory, Arguments args) throws WasiError {
    throw new WasiError(Errno.PERM);
  }

  private byte[] preopenName(int fd) throws WasiError {
    if (descriptors.get(fd) instanceof OpenFolder folder && folder.preopenName() != null) {
      return GuestMemory.utf8(folder.preopenName());
    }
    throw new WasiError(Errno.BADF);
  }

  /**
   * The place named by the folder in argument {@code fd} and the path in {@code path}, its length
   * next.
   */
  private Place place(GuestMemory memory, Arguments args, int fd, int path) throws WasiError {
    var folder = descriptors.folder(args.i32(fd)).folder();
    return tree.locate(folder, memory.readPath(args.i32(path), args.i32(path + 1)));
  }

  private void open(GuestMemory memory, Arguments args) throws WasiError, IOException {
    descriptors.requireRoom();
    var place = place(memory, args, 0, 2);
    int flags = args.i32(4);
    boolean isNew = place.node() == null && has(flags, CREATE) && !has(flags, FOLDER_ONLY);
    var descriptor = isNew
        ? create(place, args.i64(5), args.i32(7))
        : open(place, flags, args.i64(5), args.i32(7));
    memory.writeInt(args.i32(8), descriptors.add(descriptor));
  }

  private Descriptor create(Place place, long rights, int fdFlags) throws WasiError, IOException {
    var made = tree.createFile(place);
    return openFile(made.file(), made.channel(), rights, fdFlags);
  }

  private Descriptor open(Place place, int flags, long rights, int fdFlags)
      throws WasiError, IOException {
    if (place.node() != null && has(flags, CREATE) && has(flags, EXCLUSIVE)) {
      throw new WasiError(Errno.EXIST);
    }
    return switch (place.require()) {
      case Folder folder -> openFolder(folder, flags, rights);
      case RegularFile file -> openFile(file, flags, rights, fdFlags);
    };
  }

  private static Descriptor openFolder(Folder folder, int flags, long rights) throws WasiError {
    boolean isForWriting = has(flags, TRUNCATE) || has(flags, CREATE);
    if (isForWriting || ((rights & WRITE_RIGHT) != 0 && !has(flags, FOLDER_ONLY))) {
      throw new WasiError(Errno.ISDIR);
    }
    return new OpenFolder(folder, null);
  }

  private Descriptor openFile(RegularFile file, int flags, long rights, int fdFlags)
      throws WasiError, IOException {
    if (has(flags, FOLDER_ONLY)) {
      throw new WasiError(Errno.NOTDIR);
    }
    boolean isChanging = (rights & WRITE_RIGHT) != 0 || has(flags, TRUNCATE);
    if (isChanging && !file.isWritable()) {
      throw new WasiError(Errno.ROFS);
    }
    if (has(flags, TRUNCATE)) {
      tree.resize(file, 0);
    }
    var channel = FileChannel.open(file.path(), options(file, has(flags, TRUNCATE)));
    return openFile(file, channel, rights, fdFlags);
  }

  private static OpenFile openFile(
      RegularFile file, FileChannel channel, long rights, int fdFlags) {
    boolean isReading = (rights & READ_RIGHT) != 0;
    boolean isWriting = (rights & WRITE_RIGHT) != 0;
    return new OpenFile(file, channel, isReading, isWriting, has(fdFlags, APPEND));
  }

  private static Set<OpenOption> options(RegularFile file, boolean isTruncating) {
    var options = new HashSet<OpenOption>();
    options.add(StandardOpenOption.READ);
    options.add(LinkOption.NOFOLLOW_LINKS);
    if (file.isWritable()) {
      options.add(StandardOpenOption.WRITE);
    }
    if (isTruncating) {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return options;
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private void list(GuestMemory memory, Arguments args) throws WasiError {
    long cookie = args.i64(3);
    if (cookie < 0) {
      throw new WasiError(Errno.INVAL);
    }
    int room = args.i32(2);
    memory.requireInside(args.i32(1), room);
    int used = 0;
    for (var entry : descriptors.folder(args.i32(0)).listingFrom(cookie)) {
      byte[] bytes = dirent(++cookie, entry.getKey(), entry.getValue());
      int length = Math.min(bytes.length, room - used);
      memory.write(args.i32(1) + used, bytes, length);
      used += length;
      if (used == room) {
        break;
      }
    }
    memory.writeInt(args.i32(4), used);
  }

  private static byte[] dirent(long next, String name, Node node) {
    byte[] nameBytes = GuestMemory.utf8(name);
    return ByteBuffer.allocate(DIRENT_BYTES + nameBytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(next)
        .putLong(node.inode())
        .putInt(nameBytes.length)
        .putInt(FileStat.kind(node))
        .put(nameBytes)
        .array();
  }
}
