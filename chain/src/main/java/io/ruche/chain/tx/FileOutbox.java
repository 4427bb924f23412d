package io.ruche.chain.tx;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * An outbox in one file that only grows: a line per change, the last line of an action counts. One
 * sync per batch. It is written anew, without what is over, when it is opened and when it has grown
 * large. For programs without a database, such as a worker.
 */
public final class FileOutbox implements OutboxStore, AutoCloseable {
  private static final long MAX_FILE_BYTES = 32 << 20;

  /**
   * How many settled actions are remembered, so that asking for one again does not send it again.
   */
  private static final int KEPT_SETTLED = 5_000;

  private final Path file;
  private final OutboxLines lines = new OutboxLines(KEPT_SETTLED);
  private FileChannel channel;

  private FileOutbox(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      lines.readAll(Files.readAllLines(file, StandardCharsets.UTF_8));
    }
    this.channel = rewritten();
  }

  /**
   * Opens or creates it; {@code OUTBOX_BROKEN} when a line other than a torn last one cannot be
   * read.
   */
  public static FileOutbox open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new FileOutbox(file);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "OUTBOX_BROKEN",
          "the outbox %s cannot be read: %s.".formatted(file, e.getMessage()),
          "Restore it from a backup. Without it, sent transactions may be sent a second time.",
          false,
          e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public synchronized List<OutboxEntry> loadOpen(long chainId, Address sender) {
    return lines.all().stream()
        .filter(entry -> entry.chainId() == chainId && entry.sender().equals(sender))
        .filter(entry -> !(entry.state() instanceof TxState.Settled))
        .toList();
  }

  @Override
  public synchronized Optional<OutboxEntry> find(long chainId, Address sender, String actionKey) {
    return lines.find(chainId, sender, actionKey);
  }

  @Override
  public synchronized void save(List<OutboxEntry> entries) {
    try {
      if (channel.size() > MAX_FILE_BYTES) {
        channel.close();
        channel = rewritten();
      }
      long start = channel.position();
      var text = new StringBuilder();
      entries.forEach(entry -> text.append(OutboxJson.write(entry)).append('\n'));
      try {
        writeFully(channel, text.toString());
      } catch (IOException e) {
        channel.truncate(start);
        throw e;
      }
      channel.force(false);
      entries.forEach(lines::put);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private FileChannel rewritten() throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    var text = new StringBuilder();
    lines.all().forEach(entry -> text.append(OutboxJson.write(entry)).append('\n'));
    try (var out = FileChannel.open(
        draft,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(out, text.toString());
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    var opened = FileChannel.open(file, StandardOpenOption.WRITE);
    opened.position(opened.size());
    return opened;
  }

  private static void writeFully(FileChannel out, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static RucheException unusable(Path file, IOException e) {
    return new RucheException(
        "OUTBOX_UNUSABLE",
        "the outbox %s cannot be read or written: %s.".formatted(file, e),
        "Check the disk's free space and the folder's permissions.",
        false,
        e);
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }
}
