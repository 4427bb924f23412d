package io.ruche.transfer;

import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written, hashed on the way. Closing deletes it, unless it was moved into
 * place before. Disk trouble surfaces as {@link RucheException}, so an IOException around it is the
 * network's.
 */
final class PartFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final long maxBytes;
  private final MessageDigest sha256 = Hashing.sha256();
  private CidBuilder cid = new CidBuilder();
  private final boolean wantsCid;
  private @Nullable Cid finishedCid;
  private long sizeBytes;

  private PartFile(Path path, FileChannel channel, long maxBytes, boolean wantsCid) {
    this.path = path;
    this.channel = channel;
    this.maxBytes = maxBytes;
    this.wantsCid = wantsCid;
  }

  /** An empty new file that may grow up to {@code maxBytes}. */
  static PartFile create(Path path, long maxBytes, boolean wantsCid) {
    try {
      var folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        DurableFiles.createFolder(folder);
      }
      var channel = FileChannel.open(
          path,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
      return new PartFile(path, channel, maxBytes, wantsCid);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot create " + path, e);
    }
  }

  long sizeBytes() {
    return sizeBytes;
  }

  Path path() {
    return path;
  }

  /** False when {@code more} further bytes would go over the limit. */
  boolean hasRoomFor(long more) {
    return more <= maxBytes - sizeBytes;
  }

  long maxBytes() {
    return maxBytes;
  }

  void append(byte[] bytes, int length) {
    sha256.update(bytes, 0, length);
    if (wantsCid) {
      cid.update(bytes, 0, length);
    }
    try {
      var buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot write " + path, e);
    }
    sizeBytes += length;
  }

  /** Forgets all bytes so far. */
  void restart() {
    sha256.reset();
    cid = new CidBuilder();
    finishedCid = null;
    sizeBytes = 0;
    try {
      channel.truncate(0);
      channel.position(0);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot empty " + path, e);
    }
  }

  /** Hash of the bytes so far; more may follow. */
  Sha256 sha256() {
    try {
      return Sha256.of(((MessageDigest) sha256.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the platform's SHA-256 can be cloned", e);
    }
  }

  /** CID of all bytes; only a restart may follow. */
  Cid cid() {
    if (!wantsCid) {
      throw new IllegalStateException("the CID of " + path + " was not asked for");
    }
    if (finishedCid == null) {
      finishedCid = cid.finish();
    }
    return finishedCid;
  }

  /**
   * Keeps honest programs from writing to the file once it has its place, through any of its names.
   */
  void makeReadOnly() {
    if (!path.toFile().setReadOnly()) {
      throw DurableFiles.diskError("Cannot protect " + path, new IOException("not permitted"));
    }
  }

  /** Syncs the bytes, closes the file and gives it its final, durable place. */
  void moveTo(Path target) {
    try {
      channel.force(true);
      channel.close();
      DurableFiles.moveIntoPlace(path, target);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot keep " + target, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot remove " + path, e);
    }
  }
}
