package io.ruche.sandbox.wasi;

import io.ruche.sandbox.wasi.Node.Folder;
import io.ruche.sandbox.wasi.Node.RegularFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guest's files: what lies in its input folder, and what it makes in its output folder. */
final class FileTree {
  static final int MAX_NAME_BYTES = 255;
  static final int MAX_DEPTH = 32;
  static final int MAX_SCANNED_FILES = 100_000;

  private final OutputQuota quota;
  private long lastInode;

  FileTree(OutputQuota quota) {
    this.quota = quota;
  }

  /** A place in the tree that a path names; {@code node} is null where nothing is there yet. */
  record Place(Folder parent, String name, @Nullable Node node, boolean isFolderWanted) {
    Node require() throws WasiError {
      if (node == null) {
        throw new WasiError(Errno.NOENT);
      }
      if (isFolderWanted && !(node instanceof Folder)) {
        throw new WasiError(Errno.NOTDIR);
      }
      return node;
    }
  }

  record NewFile(RegularFile file, FileChannel channel) {}

  /** Reads a folder of the machine into a tree; links and special files in it are refused. */
  Folder scan(Path folder, boolean isWritable) throws IOException {
    return scan(folder, isWritable, 0);
  }

  private Folder scan(Path folder, boolean isWritable, int depth) throws IOException {
    if (depth > MAX_DEPTH || lastInode > MAX_SCANNED_FILES) {
      throw new IOException("%s holds more than %d files or folders deeper than %d"
          .formatted(folder, MAX_SCANNED_FILES, MAX_DEPTH));
    }
    var result = new Folder(++lastInode, isWritable, folder);
    for (var path : sortedEntries(folder)) {
      var name = String.valueOf(path.getFileName());
      result.children().put(name, scanned(path, isWritable, depth));
      if (isWritable) {
        quota.addFile();
      }
    }
    return result;
  }

  private Node scanned(Path path, boolean isWritable, int depth) throws IOException {
    var found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isDirectory()) {
      return scan(path, isWritable, depth + 1);
    }
    if (!found.isRegularFile()) {
      throw new IOException("expected files and folders only, found something else: " + path);
    }
    if (isWritable) {
      quota.addBytes(found.size());
    }
    return new RegularFile(++lastInode, isWritable, path, found.size());
  }

  private static List<Path> sortedEntries(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      var found = new ArrayList<Path>();
      entries.forEach(found::add);
      found.sort(null);
      return found;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Finds what {@code path} names below {@code base}; a path that leads out of it is refused. */
  Place locate(Folder base, String path) throws WasiError {
    if (path.isEmpty()) {
      throw new WasiError(Errno.NOENT);
    }
    if (path.startsWith("/")) {
      throw new WasiError(Errno.NOTCAPABLE);
    }
    var above = new ArrayDeque<Place>();
    var place = new Place(base, ".", base, false);
    for (var name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        requireFolder(place);
        place = above.isEmpty() ? refuseEscape() : above.pop();
        continue;
      }
      above.push(place);
      place = step(place, name, above.size());
    }
    var last = path.substring(path.lastIndexOf('/') + 1);
    boolean isFolderWanted = last.isEmpty() || last.equals(".") || last.equals("..");
    return new Place(place.parent(), place.name(), place.node(), isFolderWanted);
  }

  private static Place step(Place from, String name, int depth) throws WasiError {
    var folder = requireFolder(from);
    if (GuestMemory.utf8(name).length > MAX_NAME_BYTES || depth > MAX_DEPTH) {
      throw new WasiError(Errno.NAMETOOLONG);
    }
    return new Place(folder, name, folder.child(name), false);
  }

  private static Folder requireFolder(Place place) throws WasiError {
    return switch (place.node()) {
      case null -> throw new WasiError(Errno.NOENT);
      case Folder folder -> folder;
      case RegularFile file -> throw new WasiError(Errno.NOTDIR);
    };
  }

  private static Place refuseEscape() throws WasiError {
    throw new WasiError(Errno.NOTCAPABLE);
  }

  /** A new file, open: some systems write a file out at once that was made and then cut. */
  NewFile createFile(Place place) throws WasiError, IOException {
    requireVacant(place);
    if (place.isFolderWanted()) {
      throw new WasiError(Errno.ISDIR);
    }
    quota.addFile();
    var path = place.parent().path().resolve(place.name());
    var channel = FileChannel.open(
        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    var file = new RegularFile(++lastInode, true, path, 0);
    place.parent().children().put(place.name(), file);
    return new NewFile(file, channel);
  }

  void createFolder(Place place) throws WasiError, IOException {
    requireVacant(place);
    quota.addFile();
    var path = Files.createDirectory(place.parent().path().resolve(place.name()));
    place.parent().children().put(place.name(), new Folder(++lastInode, true, path));
  }

  private static void requireVacant(Place place) throws WasiError {
    if (place.node() != null) {
      throw new WasiError(Errno.EXIST);
    }
    requireWritable(place.parent());
  }

  private static void requireWritable(Node node) throws WasiError {
    if (!node.isWritable()) {
      throw new WasiError(Errno.ROFS);
    }
  }

  void removeFile(Place place) throws WasiError, IOException {
    switch (place.require()) {
      case Folder folder -> throw new WasiError(Errno.ISDIR);
      case RegularFile file -> {
        requireWritable(file);
        Files.delete(file.path());
        quota.removeFile();
        file.removed();
        releaseIfGone(file);
        place.parent().children().remove(place.name());
      }
    }
  }

  void removeFolder(Place place) throws WasiError, IOException {
    switch (place.require()) {
      case RegularFile file -> throw new WasiError(Errno.NOTDIR);
      case Folder folder -> {
        requireWritable(folder);
        if (place.name().equals(".")) {
          throw new WasiError(Errno.INVAL);
        }
        requireEmpty(folder);
        Files.delete(folder.path());
        quota.removeFile();
        place.parent().children().remove(place.name());
      }
    }
  }

  private static void requireEmpty(Folder folder) throws WasiError {
    if (!folder.children().isEmpty()) {
      throw new WasiError(Errno.NOTEMPTY);
    }
  }

  void rename(Place from, Place to) throws WasiError, IOException {
    var node = from.require();
    requireWritable(node);
    requireWritable(to.parent());
    if (from.name().equals(".") || to.name().equals(".") || isInside(node, to.parent())) {
      throw new WasiError(Errno.INVAL);
    }
    if (to.node() == node) {
      return;
    }
    replaceTarget(node, to);
    var target = to.parent().path().resolve(to.name());
    Files.move(node.path(), target, StandardCopyOption.ATOMIC_MOVE);
    from.parent().children().remove(from.name());
    to.parent().children().put(to.name(), node);
    node.moveTo(target);
  }

  private void replaceTarget(Node node, Place to) throws WasiError, IOException {
    switch (to.node()) {
      case null -> {
        if (to.isFolderWanted() && !(node instanceof Folder)) {
          throw new WasiError(Errno.NOTDIR);
        }
      }
      case Folder folder -> {
        if (!(node instanceof Folder)) {
          throw new WasiError(Errno.ISDIR);
        }
        removeFolder(to);
      }
      case RegularFile file -> {
        if (node instanceof Folder) {
          throw new WasiError(Errno.NOTDIR);
        }
        removeFile(to);
      }
    }
  }

  private static boolean isInside(Node node, Folder folder) {
    return folder.path().startsWith(node.path());
  }

  /** A removed file counts against the quota until its last descriptor is closed. */
  void close(RegularFile file) {
    file.closed();
    releaseIfGone(file);
  }

  private void releaseIfGone(RegularFile file) {
    if (file.isGone()) {
      quota.removeBytes(file.sizeBytes());
    }
  }

  /** Changes the size of an output file within the quota; the caller then changes the bytes. */
  void resize(RegularFile file, long newSizeBytes) {
    long added = newSizeBytes - file.sizeBytes();
    if (added > 0) {
      quota.addBytes(added);
    } else {
      quota.removeBytes(-added);
    }
    file.resize(newSizeBytes);
  }
}
