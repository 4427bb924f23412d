package io.ruche.agent.live;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds an app's reports of its progress among what it writes to its error stream: lines such as
 * {@code ruche-progress: 0.42 reading images}. Not thread-safe.
 */
final class ProgressLines {
  private static final int MAX_LINE_BYTES = 200;
  private static final Pattern LINE =
      Pattern.compile("ruche-progress: (0|1|0?\\.[0-9]{1,6}|1\\.0{1,6})(?: (.*))?");

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** The last report in these bytes and what came before them, as people read it. */
  Optional<String> read(byte[] bytes) {
    Optional<String> last = Optional.empty();
    for (byte one : bytes) {
      if (one == '\n') {
        var found = report(line.toString(StandardCharsets.UTF_8).strip());
        last = found.isPresent() ? found : last;
        line.reset();
      } else if (line.size() < MAX_LINE_BYTES) {
        line.write(one);
      }
    }
    return last;
  }

  private static Optional<String> report(String text) {
    var matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int percent = (int) Math.floor(Double.parseDouble(matcher.group(1)) * 100 + 1e-9);
    var words = matcher.group(2);
    return Optional.of(percent + " %" + (words == null ? "" : " " + words.strip()));
  }
}
