package io.ruche.agent.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ruche.core.RucheException;
import io.ruche.transfer.DurableFiles;
import io.ruche.worker.AttemptJournal;
import io.ruche.worker.Fact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A journal in one file: a line per append, which is a checksum and the facts as JSON. A last line
 * that a crash cut off is taken away; damage anywhere else is refused, not guessed at.
 */
public final class FileJournal implements AttemptJournal, AutoCloseable {
  private static final String NAME = "attempts.jsonl";
  private static final long MAX_BYTES = 256L << 20;
  private static final int CHECKSUM_CHARS = 8;

  private final Path file;
  private final FactJson json = new FactJson();
  private FileChannel channel;
  private long end;
  private int appended;

  private FileJournal(Path folder) throws IOException {
    file = folder.resolve(NAME);
    channel = open(file);
    end = channel.size();
  }

  /** Opens or creates the journal in this folder. */
  public static FileJournal in(Path folder) {
    try {
      Files.createDirectories(folder);
      return new FileJournal(folder);
    } catch (IOException e) {
      throw failed(folder.resolve(NAME), e);
    }
  }

  @Override
  public void append(List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    try {
      channel.truncate(end);
      byte[] line = line(json.write(facts));
      write(channel, line, end);
      if (facts.stream().anyMatch(Fact::bindsWorker)) {
        channel.force(false);
      }
      end += line.length;
      appended += facts.size();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Facts appended since the last compaction or the start. */
  public int appended() {
    return appended;
  }

  @Override
  public List<Fact> replay() {
    try {
      if (end > MAX_BYTES) {
        throw corrupt("it has %d bytes, expected at most %d".formatted(end, MAX_BYTES), 1);
      }
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private List<Fact> parse(byte[] bytes) {
    var facts = new ArrayList<Fact>();
    int number = 1;
    for (int start = 0; start < bytes.length; number++) {
      int stop = indexOfNewline(bytes, start);
      boolean isLast = stop < 0 || stop + 1 == bytes.length;
      if (stop < 0) {
        end = start;
        return facts;
      }
      var line = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
      if (!isSound(line)) {
        if (!isLast) {
          throw corrupt("line %d does not match its checksum".formatted(number), number);
        }
        end = start;
        return facts;
      }
      facts.addAll(factsOf(line, number));
      start = stop + 1;
    }
    return facts;
  }

  private List<Fact> factsOf(String line, int number) {
    try {
      return json.read(line.substring(CHECKSUM_CHARS + 1));
    } catch (JsonProcessingException e) {
      throw corrupt("line %d cannot be read: %s".formatted(number, e.getOriginalMessage()), number);
    }
  }

  @Override
  public void compact(List<Fact> snapshot) {
    var part = file.resolveSibling(NAME + ".part");
    try {
      Files.deleteIfExists(part);
      byte[] content = snapshot.isEmpty() ? new byte[0] : line(json.write(snapshot));
      try (var fresh = open(part)) {
        write(fresh, content, 0);
        fresh.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      DurableFiles.syncFolder(file.toAbsolutePath().resolveSibling(""));
      channel.close();
      channel = open(file);
      end = content.length;
      appended = 0;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    long position = at;
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }

  private static byte[] line(String json) {
    return (checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isSound(String line) {
    return line.length() > CHECKSUM_CHARS
        && line.charAt(CHECKSUM_CHARS) == ' '
        && checksum(line.substring(CHECKSUM_CHARS + 1)).equals(line.substring(0, CHECKSUM_CHARS));
  }

  private static String checksum(String json) {
    var crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static int indexOfNewline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private RucheException corrupt(String what, int line) {
    return new RucheException(
        "STATE_CORRUPT",
        "the journal %s is damaged: %s.".formatted(file, what),
        "Restore the folder from a backup; or move it away, which loses the stake of "
            + "contributions that are not revealed yet. Damage begins at line " + line + ".",
        false);
  }

  private static RucheException failed(Path file, IOException e) {
    return new RucheException(
        "STATE_UNWRITABLE",
        "cannot use the journal %s: %s.".formatted(file, e),
        "Free some disk space and check who may write there.",
        true,
        e);
  }
}
