package io.ruche.transfer;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blobs in a folder, named by their CID: {@code blobs/<last two letters>/<cid>}. A blob is there
 * only when it is whole and synced, so the folder is sound however the process ended; {@code tmp}
 * is emptied at the start. One process per folder; any thread may call.
 */
public final class ContentStore {
  /** How many blobs are remembered as verified; others are hashed again when opened. */
  private static final int MAX_REMEMBERED = 100_000;

  private static final int COPY_BYTES = 1 << 16;

  private final Path blobs;
  private final Path temporary;
  private final long maxBlobBytes;
  private final AtomicLong keptBytes = new AtomicLong();
  private final AtomicLong nextTemporary = new AtomicLong();
  private final Map<Cid, FileStamp> verified = Collections.synchronizedMap(new RememberedStamps());

  private static final class RememberedStamps extends LinkedHashMap<Cid, FileStamp> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Cid, FileStamp> eldest) {
      return size() > MAX_REMEMBERED;
    }
  }

  private ContentStore(Path folder, long maxBlobBytes) {
    this.blobs = folder.resolve("blobs");
    this.temporary = folder.resolve("tmp");
    this.maxBlobBytes = maxBlobBytes;
  }

  /** Opens the store in a folder, which is created when missing. */
  public static ContentStore open(Path folder, long maxBlobBytes) {
    var store = new ContentStore(folder.toAbsolutePath(), maxBlobBytes);
    try {
      DurableFiles.createFolder(store.blobs);
      DurableFiles.emptyFolder(store.temporary);
      store.keptBytes.set(bytesIn(store.blobs));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot open the content store in " + folder, e);
    }
    return store;
  }

  /**
   * Stores all bytes of the stream; when this returns they survive a power cut.
   *
   * @throws RucheException BLOB_TOO_LARGE, DISK_FULL or DISK_FAILED; then nothing is kept
   * @throws IOException when the stream itself fails; then nothing is kept
   */
  public Cid put(InputStream stream) throws IOException {
    try (var staged = stage(stream)) {
      return staged.keep();
    }
  }

  /**
   * Takes all bytes of the stream without storing them yet, so that a caller can look before it
   * keeps. Close the result in any case.
   */
  public StagedBlob stage(InputStream stream) throws IOException {
    var name = "blob-" + nextTemporary.incrementAndGet() + ".part";
    var part = PartFile.create(temporary.resolve(name), maxBlobBytes, true);
    try {
      copy(stream, part);
      return new StagedBlob(this, part, part.cid());
    } catch (IOException | RuntimeException e) {
      part.close();
      throw e;
    }
  }

  /** All blobs together. */
  public long bytes() {
    return keptBytes.get();
  }

  private static long bytesIn(Path folder) throws IOException {
    var sum = new AtomicLong();
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        sum.addAndGet(attributes.size());
        return FileVisitResult.CONTINUE;
      }
    });
    return sum.get();
  }

  public boolean has(Cid cid) {
    return Files.isRegularFile(fileOf(cid));
  }

  /**
   * The blob, its bytes verified against its CID.
   *
   * @throws RucheException BLOB_CORRUPT when the bytes on disk changed; storing them again repairs
   *     it
   */
  public Optional<Blob> find(Cid cid) {
    var file = fileOf(cid);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      verify(cid, file);
      return Optional.of(new Blob(cid, file, Files.size(file)));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read blob " + cid, e);
    }
  }

  /** As {@link #find}, but a missing blob is the error BLOB_MISSING. */
  public Blob open(Cid cid) {
    return find(cid)
        .orElseThrow(() -> TransferCode.BLOB_MISSING.error(
            "The content store holds nothing under " + cid + ".",
            "Check the CID, or store the file again."));
  }

  void keep(PartFile part, Cid cid) {
    var file = fileOf(cid);
    boolean isNew = !Files.exists(file);
    part.moveTo(file);
    try {
      verified.put(cid, FileStamp.of(file));
      if (isNew) {
        keptBytes.addAndGet(Files.size(file));
      }
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read back blob " + cid, e);
    }
  }

  private void verify(Cid cid, Path file) throws IOException {
    var stamp = FileStamp.of(file);
    if (stamp.equals(verified.get(cid))) {
      return;
    }
    var found = Cid.of(file);
    if (!found.equals(cid)) {
      throw TransferCode.BLOB_CORRUPT.error(
          "The bytes stored under %s have changed: they are now %s.".formatted(cid, found),
          "Check the disk; store the file again to repair it: " + file);
    }
    verified.put(cid, stamp);
  }

  private Path fileOf(Cid cid) {
    var name = cid.toString();
    return blobs.resolve(name.substring(name.length() - 2)).resolve(name);
  }

  private static void copy(InputStream stream, PartFile part) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      if (!part.hasRoomFor(count)) {
        throw TransferCode.BLOB_TOO_LARGE.error(
            "A blob of more than %d bytes was refused.".formatted(part.maxBytes()),
            "Send less, or raise the store's limit of a blob.");
      }
      part.append(buffer, count);
    }
  }
}
