package io.ruche.cli.order;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.output.Reason;
import io.ruche.core.Order;
import io.ruche.core.OrderJson;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An order in a file: the fields of the order's struct as JSON, as order boards and other clients
 * of the interface exchange them. What {@code --output json} printed is understood too.
 */
final class OrderFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long MAX_BYTES = 1 << 20;

  private OrderFile() {}

  static Order read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(file, "it is larger than 1 MiB", null);
      }
      var json = JSON.readTree(Files.readString(file));
      return OrderJson.read(json.has("order") ? json.get("order") : json);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(file, e instanceof JacksonException ? "it is not JSON" : Reason.of(e), e);
    }
  }

  /** Keeps an order in a new file, synced; an order that is there is never replaced. */
  static void save(Path file, Order order) {
    try {
      var target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
      var bytes = (OrderJson.write(order).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
      try (var channel =
          FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw new RucheException(
          "ORDER_FILE_EXISTS",
          "the file %s exists already; it was left as it is.".formatted(file),
          "Choose another name for --save.",
          false,
          e);
    } catch (IOException e) {
      throw new RucheException(
          "DISK_FAILED",
          "cannot write the order to %s: %s.".formatted(file, Reason.of(e)),
          "Free some space, or choose another folder.",
          true,
          e);
    }
  }

  private static RucheException unusable(Path file, String why, @Nullable Exception cause) {
    return new RucheException(
        "ORDER_FILE_INVALID",
        "cannot use %s as an order: %s.".formatted(file, why),
        "Name a file that `ruche order sign --save` wrote, or the hash of a published order.",
        false,
        cause);
  }
}
