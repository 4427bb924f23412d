package io.ruche.transfer;

import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Fetched files named by their sha256, at most so many bytes: {@code data/<2 digits>/<sha256>}. The
 * file used longest ago goes first, a {@link Datum} in use never goes. Use is recorded as the
 * file's modification time, so order and content survive a restart; {@code tmp} is emptied at the
 * start. Bytes are verified when a file is first opened after a start or looks changed; a corrupt
 * one is dropped. One process per folder; any thread may call. Requests for one hash wait for each
 * other.
 */
public final class DataCache implements AutoCloseable {
  private final Path data;
  private final Path temporary;
  private final InstantSource clock;
  private final FileLock lock;
  private final CacheIndex index;
  private final KeyedLocks<Sha256> locks = new KeyedLocks<>();
  private final AtomicLong nextTemporary = new AtomicLong();

  /** Fills a file with the bytes that are not cached yet. */
  interface Loader {
    void loadInto(PartFile part);
  }

  private DataCache(Path folder, long maxBytes, InstantSource clock, FileLock lock) {
    this.data = folder.resolve("data");
    this.temporary = folder.resolve("tmp");
    this.clock = clock;
    this.lock = lock;
    this.index = new CacheIndex(maxBytes);
  }

  /**
   * Opens the cache in a folder, which is created when missing.
   *
   * @throws RucheException CACHE_IN_USE when another process has it open
   */
  public static DataCache open(Path folder, long maxBytes, InstantSource clock) {
    var home = folder.toAbsolutePath();
    try {
      DurableFiles.createFolder(home);
      var cache = new DataCache(home, maxBytes, clock, lockOf(home));
      DurableFiles.createFolder(cache.data);
      DurableFiles.emptyFolder(cache.temporary);
      cache.index.readFolder(cache.data);
      cache.index.evictFor(0, cache::deleteFile);
      return cache;
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot open the data cache in " + folder, e);
    }
  }

  /** The file with this hash, when it is here and sound. */
  public Optional<Datum> find(Sha256 sha256) {
    locks.lock(sha256);
    try {
      return Optional.ofNullable(findLocked(sha256));
    } finally {
      locks.unlock(sha256);
    }
  }

  /** Bytes of all cached files. */
  public long usedBytes() {
    return index.usedBytes();
  }

  /**
   * The file with this hash; when it is not here, {@code loader} fetches it, once for all who ask.
   */
  Datum obtain(Sha256 sha256, long maxBytes, Loader loader) {
    locks.lock(sha256);
    try {
      var found = findLocked(sha256);
      if (found != null) {
        return found;
      }
      try (var part = newPart(maxBytes, false)) {
        loader.loadInto(part);
        return keepLocked(part, sha256);
      }
    } finally {
      locks.unlock(sha256);
    }
  }

  /** A file whose hash is only known once it is fetched. */
  Datum obtainUnhashed(long maxBytes, boolean wantsCid, Loader loader) {
    try (var part = newPart(maxBytes, wantsCid)) {
      loader.loadInto(part);
      var sha256 = part.sha256();
      locks.lock(sha256);
      try {
        var found = findLocked(sha256);
        return found != null ? found : keepLocked(part, sha256);
      } finally {
        locks.unlock(sha256);
      }
    }
  }

  private PartFile newPart(long maxBytes, boolean wantsCid) {
    var name = "datum-" + nextTemporary.incrementAndGet() + ".part";
    long room = Math.min(maxBytes, index.maxBytes());
    return PartFile.create(temporary.resolve(name), room, wantsCid);
  }

  private Datum keepLocked(PartFile part, Sha256 sha256) {
    index.admit(sha256, part.sizeBytes(), this::deleteFile);
    Datum kept = null;
    try {
      part.makeReadOnly();
      part.moveTo(fileOf(sha256));
      kept = used(sha256);
      return kept;
    } finally {
      dropUnless(kept, sha256);
    }
  }

  private @Nullable Datum findLocked(Sha256 sha256) {
    if (!index.pin(sha256)) {
      return null;
    }
    Datum found = null;
    try {
      found = isSound(sha256) ? used(sha256) : null;
      return found;
    } finally {
      dropUnless(found, sha256);
    }
  }

  private void dropUnless(@Nullable Datum datum, Sha256 sha256) {
    if (datum == null) {
      index.forget(sha256);
      index.unpin(sha256);
      deleteFile(sha256);
    }
  }

  private boolean isSound(Sha256 sha256) {
    var file = fileOf(sha256);
    try {
      return Files.isRegularFile(file)
          && (index.isVerified(sha256, FileStamp.of(file))
              || Hashing.sha256Of(file).equals(sha256));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + file, e);
    }
  }

  /** The pinned, sound file, marked as used now. */
  private Datum used(Sha256 sha256) {
    var file = fileOf(sha256);
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      var stamp = FileStamp.of(file);
      index.markVerified(sha256, stamp);
      return new Datum(sha256, file, stamp.sizeBytes(), () -> index.unpin(sha256));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot mark as used " + file, e);
    }
  }

  private void deleteFile(Sha256 sha256) {
    try {
      Files.deleteIfExists(fileOf(sha256));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot delete " + fileOf(sha256), e);
    }
  }

  private Path fileOf(Sha256 sha256) {
    var name = sha256.hex().substring(2);
    return data.resolve(name.substring(0, 2)).resolve(name);
  }

  private static FileLock lockOf(Path folder) throws IOException {
    var channel = FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // The same answer as for another process.
    }
    channel.close();
    throw TransferCode.CACHE_IN_USE.error(
        "The data cache in " + folder + " is in use by another process.",
        "Give each worker its own home, or stop the other one.");
  }

  @Override
  public void close() {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot close the data cache", e);
    }
  }
}
