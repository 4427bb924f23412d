package io.ruche.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As whom apps run that are processes of the machine. A worker of the super-user gives every run a
 * user of its own, so that runs cannot touch each other and processes are counted per run; any
 * other worker has only its own user to give.
 */
public final class RunUsers {
  /** Far above the users of people and services. */
  private static final long FIRST_USER = 1_610_000_000L;

  private static final int USERS = 10_000;
  private static final int MAX_ENTRIES = 1_000_000;

  /** Bubblewrap steps in with what is left of the super-user: as one of its group. */
  private static final Set<PosixFilePermission> ENTERED =
      PosixFilePermissions.fromString("rwx--x--x");

  private final long self;
  private final AtomicLong count = new AtomicLong();

  private RunUsers(long self) {
    this.self = self;
  }

  /** The user is whoever owns what this process creates. */
  public static RunUsers of(Path ownFolder) throws IOException {
    return new RunUsers(((Number) Files.getAttribute(ownFolder, "unix:uid")).longValue());
  }

  /** Whether there is only this process's user to give. */
  public boolean areOwn() {
    return self != 0;
  }

  /** The user of the next run. */
  public long next() {
    return areOwn() ? self : FIRST_USER + count.getAndIncrement() % USERS;
  }

  /** Makes the folders fit for the user, and the output one that its sandbox can step into. */
  public void hand(Path input, Path output, long user) throws IOException {
    if (areOwn()) {
      return;
    }
    Files.setAttribute(output, "unix:uid", (int) user);
    Files.setPosixFilePermissions(output, ENTERED);
    try (var paths = Files.walk(input)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        if (!Files.isSymbolicLink(path)) {
          open(path, Files.isDirectory(path), PosixFilePermission.OTHERS_READ);
        }
      }
    }
  }

  /** Lets this process read what the app closed to itself; the super-user may anyway. */
  public void takeBack(Path output) throws IOException {
    if (!areOwn()) {
      return;
    }
    var folders = new ArrayDeque<Path>();
    folders.add(output);
    for (int count = 0; !folders.isEmpty() && count < MAX_ENTRIES; count++) {
      var folder = folders.remove();
      open(folder, true, PosixFilePermission.OWNER_READ);
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            folders.add(entry);
          } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            open(entry, false, PosixFilePermission.OWNER_READ);
          }
        }
      }
    }
  }

  private static void open(Path path, boolean isFolder, PosixFilePermission read)
      throws IOException {
    var wanted = EnumSet.of(read);
    if (read == PosixFilePermission.OWNER_READ) {
      wanted.add(PosixFilePermission.OWNER_WRITE);
    }
    if (isFolder) {
      wanted.add(
          read == PosixFilePermission.OWNER_READ
              ? PosixFilePermission.OWNER_EXECUTE
              : PosixFilePermission.OTHERS_EXECUTE);
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    if (!found.containsAll(wanted)) {
      found.addAll(wanted);
      Files.setPosixFilePermissions(path, found);
    }
  }
}
