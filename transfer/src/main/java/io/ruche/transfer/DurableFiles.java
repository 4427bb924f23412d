package io.ruche.transfer;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Files that are either whole and on disk, or not there, whenever the machine stops. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Creates the folder and what is above it, and syncs each parent that gained an entry. */
  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    var parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createFolder(parent);
    }
    Files.createDirectories(folder);
    if (parent != null) {
      syncFolder(parent);
    }
  }

  /** Puts a file that is already synced in its final place; returns when that too is on disk. */
  static void moveIntoPlace(Path synced, Path target) throws IOException {
    var folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a place for a file: " + target);
    }
    createFolder(folder);
    try {
      Files.move(
          synced, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(synced + " and " + target + " must be on one file system", e);
    }
    syncFolder(folder);
  }

  /** Makes the bytes of a file durable. */
  static void syncFile(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the entries of a folder durable, where folders can be opened; Windows cannot. */
  public static void syncFolder(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes what a killed process left in its folder of temporary files. */
  static void emptyFolder(Path folder) throws IOException {
    createFolder(folder);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder)) {
      for (Path leftover : leftovers) {
        deleteTree(leftover);
      }
    }
  }

  /** Deletes a file or a folder with all below it, never what a link points to. */
  static void deleteTree(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          deleteTree(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  /** As {@link #deleteTree}, for what is left of a failed step. */
  static void dropTree(Path path) {
    try {
      deleteTree(path);
    } catch (IOException e) {
      throw diskError("Cannot remove " + path, e);
    }
  }

  /** The error for a local file that failed: interrupted, disk full, or anything else. */
  static RucheException diskError(String what, IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      return TransferCode.INTERRUPTED.error(what + ": interrupted.", "Try again.", cause);
    }
    var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return TransferCode.DISK_FULL.error(
          what + ": the disk is full.", "Free some space, or lower the limit of the cache.", cause);
    }
    return TransferCode.DISK_FAILED.error(
        what + ": " + Shown.of(cause), "Check the disk and the rights on the folder.", cause);
  }
}
