package io.ruche.transfer;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths of result files as UTF-8 text with {@code /} between names, whatever the machine's own
 * encoding of file names is.
 */
final class EntryName {
  private EntryName() {}

  /** Why a path is refused, in folders and archives alike; empty when it is fine. */
  static Optional<String> refusal(String path) {
    if (path.getBytes(StandardCharsets.UTF_8).length > OutputLimits.MAX_PATH_BYTES) {
      return Optional.of("is longer than " + OutputLimits.MAX_PATH_BYTES + " bytes");
    }
    if (path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || c == '\uFFFD')) {
      return Optional.of("has a control character, a backslash or bytes that are not UTF-8");
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return Optional.of("is not a plain relative path");
      }
    }
    return Optional.empty();
  }

  /** The path of {@code file} below {@code folder}; bytes that are not UTF-8 become U+FFFD. */
  static String of(Path folder, Path file) {
    var text = new StringBuilder();
    for (Path name : folder.relativize(file)) {
      text.append(text.isEmpty() ? "" : "/").append(utf8(name));
    }
    return text.toString();
  }

  /** The place of a path, which was not refused, below {@code folder}. */
  static Path resolve(Path folder, String path) {
    var base = folder.toUri().getRawPath();
    return Path.of(
        URI.create("file://" + (base.endsWith("/") ? base : base + "/") + percentEncoded(path)));
  }

  /** A path's URI holds the bytes of its name, whatever characters the platform takes them for. */
  private static String utf8(Path name) {
    var raw = name.toAbsolutePath().toUri().getRawPath();
    var end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    var encoded = raw.substring(raw.lastIndexOf('/', end - 1) + 1, end);
    return decoded(encoded);
  }

  private static String decoded(String percentEncoded) {
    var bytes = ByteBuffer.allocate(percentEncoded.length());
    for (int i = 0; i < percentEncoded.length(); i++) {
      if (percentEncoded.charAt(i) == '%') {
        bytes.put((byte) Integer.parseInt(percentEncoded, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.put((byte) percentEncoded.charAt(i));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return "\uFFFD";
    }
  }

  private static String percentEncoded(String path) {
    var text = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = b == '/' || (b > 0 && Character.isLetterOrDigit(b));
      text.append(isPlain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
    }
    return text.toString();
  }
}
