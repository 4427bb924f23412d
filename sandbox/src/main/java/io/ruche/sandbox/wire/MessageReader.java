package io.ruche.sandbox.wire;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads frames and refuses whatever is too long, unknown or left over. */
public final class MessageReader {
  private static final int MAX_LIST = 4096;

  private final DataInputStream in;

  /**
   * Reads frames.
   *
   * @param in must be buffered: lengths are read by themselves
   */
  public MessageReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Waits for the next frame.
   *
   * @throws java.io.EOFException when the other side is gone
   * @throws IOException when the frame cannot be understood
   */
  public Message read() throws IOException {
    int length = in.readInt();
    if (length < 1 || length > MessageWriter.MAX_FRAME_BYTES) {
      throw new IOException("expected a frame of 1 to %d bytes, found %d"
          .formatted(MessageWriter.MAX_FRAME_BYTES, length));
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    try (var body = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var message = decode(body);
      if (body.available() > 0) {
        throw new IOException("a frame holds %d bytes too many".formatted(body.available()));
      }
      return message;
    } catch (IllegalArgumentException e) {
      throw new IOException("a frame holds a value that is not allowed: " + e.getMessage(), e);
    }
  }

  private static Message decode(DataInputStream body) throws IOException {
    int type = body.readUnsignedByte();
    return switch (type) {
      case MessageWriter.RUN -> new Message.Run(body.readLong(), readRequest(body));
      case MessageWriter.CANCEL -> new Message.Cancel(body.readLong());
      case MessageWriter.READY -> new Message.Ready(readText(body), body.readBoolean());
      case MessageWriter.LOGGED ->
        new Message.Logged(readStream(body), ByteBuffer.wrap(readBytes(body)));
      case MessageWriter.DONE -> {
        long number = body.readLong();
        boolean isSpent = body.readBoolean();
        yield new Message.Done(number, readOutcome(body), isSpent);
      }
      default -> throw new IOException("unknown frame type " + type);
    };
  }

  private static RunRequest readRequest(DataInputStream body) throws IOException {
    var app = new RunRequest.App.AppFile(Path.of(readText(body)), new Sha256(readText(body)));
    var seed = readText(body);
    List<String> args = new ArrayList<>();
    for (int left = readCount(body); left > 0; left--) {
      args.add(readText(body));
    }
    var env = new TreeMap<String, String>();
    for (int left = readCount(body); left > 0; left--) {
      env.put(readText(body), readText(body));
    }
    var input = Path.of(readText(body));
    var output = Path.of(readText(body));
    var runTime = Duration.ofMillis(body.readLong());
    var limits =
        new RunLimits(runTime, body.readInt(), body.readLong(), body.readInt(), body.readLong());
    return new RunRequest(app, seed, args, env, input, output, limits, Access.NONE);
  }

  private static RunOutcome readOutcome(DataInputStream body) throws IOException {
    if (body.readBoolean()) {
      return new RunOutcome.Finished(readLogs(body), readFuel(body));
    }
    var code = FailureCode.valueOf(readText(body));
    int exitCode = body.readInt();
    var detail = readText(body);
    return new RunOutcome.Failed(code, exitCode, detail, readLogs(body), readFuel(body));
  }

  private static OptionalLong readFuel(DataInputStream body) throws IOException {
    long fuel = body.readLong();
    return fuel < 0 ? OptionalLong.empty() : OptionalLong.of(fuel);
  }

  private static RunLogs readLogs(DataInputStream body) throws IOException {
    return new RunLogs(readText(body), readText(body), body.readLong());
  }

  private static int readCount(DataInputStream body) throws IOException {
    int count = body.readInt();
    if (count < 0 || count > MAX_LIST) {
      throw new IOException("expected a list of at most %d, found %d".formatted(MAX_LIST, count));
    }
    return count;
  }

  private static LogStream readStream(DataInputStream body) throws IOException {
    return body.readBoolean() ? LogStream.STDERR : LogStream.STDOUT;
  }

  private static String readText(DataInputStream body) throws IOException {
    return new String(readBytes(body), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(DataInputStream body) throws IOException {
    int length = body.readInt();
    if (length < 0 || length > body.available()) {
      throw new IOException("a text of %d bytes does not fit its frame".formatted(length));
    }
    return body.readNBytes(length);
  }
}
