package io.ruche.link;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.RucheException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages to and from their JSON text; a frame that is read may be one message, or an array of up
 * to {@link LinkLimits#MAX_JOINED}. Unknown fields are ignored, so that a newer peer may say more;
 * unknown message types, wrong types and missing fields are refused, so that nothing is guessed.
 * Safe for use by many threads.
 */
public final class LinkCodec {
  /** The text is no message of this protocol: the session ends. */
  public static final String BAD_FRAME = "BAD_FRAME";

  /** The text is longer than {@link LinkLimits#MAX_FRAME_BYTES}. */
  public static final String FRAME_TOO_LARGE = "FRAME_TOO_LARGE";

  private static final int MAX_REASON_CHARS = 300;

  private final ObjectReader fromPool;
  private final ObjectReader fromWorker;
  private final ObjectWriter toWorker;
  private final ObjectWriter toPool;

  public LinkCodec() {
    var mapper = LinkJson.mapper();
    fromPool = frames(mapper, FromPool.class);
    fromWorker = frames(mapper, FromWorker.class);
    toWorker = mapper.writerFor(FromPool.class);
    toPool = mapper.writerFor(FromWorker.class);
  }

  private static ObjectReader frames(JsonMapper mapper, Class<?> message) {
    return mapper
        .readerForListOf(message)
        .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
  }

  public String encode(FromPool message) {
    return encode(toWorker, message);
  }

  public String encode(FromWorker message) {
    return encode(toPool, message);
  }

  /**
   * Reads a frame that a pool sent.
   *
   * @throws RucheException {@link #BAD_FRAME} or {@link #FRAME_TOO_LARGE}
   */
  public List<FromPool> decodeFromPool(String frame) {
    return decode(fromPool, frame);
  }

  /**
   * Reads a frame that a worker sent.
   *
   * @throws RucheException {@link #BAD_FRAME} or {@link #FRAME_TOO_LARGE}
   */
  public List<FromWorker> decodeFromWorker(String frame) {
    return decode(fromWorker, frame);
  }

  private static String encode(ObjectWriter writer, Object message) {
    try {
      var frame = writer.writeValueAsString(message);
      requireSize(frame);
      return frame;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message has no JSON form: " + message, e);
    }
  }

  private static <T> List<T> decode(ObjectReader reader, String frame) {
    requireSize(frame);
    try {
      List<T> messages = reader.readValue(frame);
      if (messages == null || messages.contains(null)) {
        throw badFrame("expected JSON objects, found: null", null);
      }
      if (messages.isEmpty() || messages.size() > LinkLimits.MAX_JOINED) {
        throw badFrame(
            "expected 1 to %d messages in a frame, found %d"
                .formatted(LinkLimits.MAX_JOINED, messages.size()),
            null);
      }
      return messages;
    } catch (JacksonException e) {
      throw badFrame(e.getOriginalMessage(), e);
    }
  }

  private static void requireSize(String frame) {
    if (frame.length() <= LinkLimits.MAX_FRAME_BYTES / 3) {
      return;
    }
    int size = frame.getBytes(StandardCharsets.UTF_8).length;
    if (size > LinkLimits.MAX_FRAME_BYTES) {
      throw new RucheException(
          FRAME_TOO_LARGE,
          "expected a frame of at most %d bytes, found %d."
              .formatted(LinkLimits.MAX_FRAME_BYTES, size),
          "Send bytes of data by HTTP, not over the link.",
          false);
    }
  }

  private static RucheException badFrame(String reason, @Nullable Throwable cause) {
    var bounded =
        reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    return new RucheException(
        BAD_FRAME,
        "expected a message of link version %d to %d: %s."
            .formatted(LinkLimits.MIN_VERSION, LinkLimits.MAX_VERSION, bounded),
        "Check that both ends run compatible versions of Ruche.",
        false,
        cause);
  }
}
