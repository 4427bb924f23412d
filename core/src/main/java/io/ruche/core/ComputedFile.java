package io.ruche.core;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an app says of its own result in {@code computed.json}, and the reference digest rule that
 * then applies instead of {@link ResultDigest}: for a deal with a callback keccak256 of the
 * callback bytes, else the sha256 of the named file, or for a folder keccak256 of the sha256s of
 * the files right in it, in order of their names. That rule ignores sub-folders. Differences from
 * the reference: a path out of {@code /iexec_out} and an empty folder are refused, and without a
 * callback in the deal {@code callback-data} counts when no path is given.
 *
 * @param outputPath value of {@code deterministic-output-path}, empty when absent
 * @param callbackData value of {@code callback-data} as 0x-prefixed hex, empty when absent
 */
public record ComputedFile(String outputPath, String callbackData) {
  /** The file's name, right in {@code /iexec_out}. */
  public static final String FILE_NAME = "computed.json";

  /** A longer computed.json is refused. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String OUTPUT_ROOT = "/iexec_out";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads the file's bytes.
   *
   * @throws IllegalArgumentException when they are no JSON object with the texts that the rule
   *     needs
   */
  public static ComputedFile parse(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected computed.json of at most %d bytes, found %d".formatted(MAX_BYTES, json.length));
    }
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        var path = text(object, "deterministic-output-path");
        return new ComputedFile(path, text(object, "callback-data"));
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("computed.json is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("computed.json cannot be read", e);
    }
    throw new IllegalArgumentException("expected computed.json to be a JSON object");
  }

  /** The bytes that a waiting contract gets. */
  public byte[] callbackBytes() {
    return Hex.decode(callbackData);
  }

  /**
   * The digest by the reference rule.
   *
   * @param files all files of the result folder, {@code computed.json} among them
   * @param callback what a waiting contract gets
   * @throws IllegalArgumentException when this file does not say what the rule needs
   */
  public Digest digest(List<ResultDigest.Entry> files, CallbackKind callback) {
    boolean hasCallback = callback != CallbackKind.NONE;
    if (hasCallback || outputPath.isEmpty()) {
      if (callbackData.isEmpty()) {
        throw new IllegalArgumentException("expected %s in computed.json, found none"
            .formatted(hasCallback ? "callback-data" : "deterministic-output-path"));
      }
      return Digest.of(Keccak.hash(requireAnswer(callbackBytes(), callback)));
    }
    var path = relativePath();
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .map(file -> Digest.of(file.sha256().bytes()))
        .orElseGet(() -> folderDigest(path, files));
  }

  /** No bytes at all say that the run failed, and so does an encoded failure. */
  private static byte[] requireAnswer(byte[] answer, CallbackKind callback) {
    if (answer.length == 0) {
      throw new IllegalArgumentException("expected at least one byte of callback-data, found none");
    }
    if (callback == CallbackKind.ANSWER_OR_FAILURE && TaskFailure.isReserved(answer)) {
      throw new IllegalArgumentException("the callback-data would be taken for a failure");
    }
    return answer;
  }

  private Digest folderDigest(String path, List<ResultDigest.Entry> files) {
    var prefix = path.isEmpty() ? "" : path + "/";
    var below = files.stream().filter(file -> file.path().startsWith(prefix)).toList();
    if (below.isEmpty()) {
      throw new IllegalArgumentException(
          "deterministic-output-path %s is not in the result".formatted(outputPath));
    }
    byte[][] hashes = below.stream()
        .filter(file -> file.path().indexOf('/', prefix.length()) < 0)
        .filter(file -> ResultDigest.isCounted(file.path()) || file.path().equals(FILE_NAME))
        .sorted(Comparator.comparing(ResultDigest.Entry::path))
        .map(file -> file.sha256().bytes())
        .toArray(byte[][]::new);
    return Digest.of(Keccak.hash(hashes));
  }

  private String relativePath() {
    if (!outputPath.equals(OUTPUT_ROOT) && !outputPath.startsWith(OUTPUT_ROOT + "/")) {
      throw outside();
    }
    var names = new ArrayList<String>();
    for (var name : outputPath.substring(OUTPUT_ROOT.length()).split("/", -1)) {
      if (name.equals("..")) {
        throw outside();
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  private IllegalArgumentException outside() {
    return new IllegalArgumentException("expected deterministic-output-path below %s, found: %s"
        .formatted(OUTPUT_ROOT, outputPath));
  }

  private static String text(ObjectNode object, String key) {
    JsonNode value = object.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(
          "expected text for %s in computed.json, found: %s".formatted(key, value));
    }
    return value.textValue();
  }
}
