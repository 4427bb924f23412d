package io.ruche.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The custom section {@code ruche.manifest} of a WASM module: the exact bytes of the app's
 * manifest, covered by the module's checksum.
 */
public final class WasmSection {
  public static final String NAME = "ruche.manifest";

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
  private static final int CUSTOM = 0;
  private static final int MAX_LENGTH_BYTES = 5;

  private final byte[] module;
  private int at = HEADER.length;

  private WasmSection(byte[] module) {
    this.module = module;
    if (module.length < HEADER.length || !Arrays.equals(Arrays.copyOf(module, 8), HEADER)) {
      throw new IllegalArgumentException("expected a WASM module of version 1");
    }
  }

  /**
   * The manifest's bytes, if the module carries them.
   *
   * @throws IllegalArgumentException when the module is cut or malformed, or carries two manifests
   *     or one that is too large
   */
  public static Optional<byte[]> read(byte[] module) {
    return Optional.ofNullable(new WasmSection(module).find());
  }

  /**
   * The module with this manifest.
   *
   * @throws IllegalArgumentException when it carries one already, or is malformed
   */
  public static byte[] add(byte[] module, byte[] manifest) {
    if (read(module).isPresent()) {
      throw new IllegalArgumentException("the module carries a manifest already");
    }
    requireSmall(manifest.length);
    byte[] name = NAME.getBytes(StandardCharsets.UTF_8);
    var content = new ByteArrayOutputStream();
    writeLength(content, name.length);
    content.writeBytes(name);
    content.writeBytes(manifest);
    var out = new ByteArrayOutputStream();
    out.writeBytes(module);
    out.write(CUSTOM);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private byte @Nullable [] find() {
    byte[] found = null;
    while (at < module.length) {
      int id = module[at++];
      int end = end();
      byte[] manifest = id == CUSTOM ? manifest(end) : null;
      if (manifest != null) {
        if (found != null) {
          throw new IllegalArgumentException("expected one section %s, found two".formatted(NAME));
        }
        found = manifest;
      }
      at = end;
    }
    return found;
  }

  /** The content of a custom section that ends there, if it is the manifest's. */
  private byte @Nullable [] manifest(int end) {
    int nameLength = length();
    if (nameLength > end - at) {
      throw malformed();
    }
    var name = new String(module, at, nameLength, StandardCharsets.UTF_8);
    if (!name.equals(NAME)) {
      return null;
    }
    requireSmall(end - at - nameLength);
    return Arrays.copyOfRange(module, at + nameLength, end);
  }

  private int end() {
    int length = length();
    if (length > module.length - at) {
      throw malformed();
    }
    return at + length;
  }

  /** An unsigned LEB128 number. */
  private int length() {
    long value = 0;
    for (int i = 0; i < MAX_LENGTH_BYTES && at < module.length; i++) {
      int next = module[at++];
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        if (value > Integer.MAX_VALUE) {
          throw malformed();
        }
        return (int) value;
      }
    }
    throw malformed();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    int rest = length;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static void requireSmall(int bytes) {
    if (bytes > Manifest.MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected a manifest of at most %d bytes, found %d".formatted(Manifest.MAX_BYTES, bytes));
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("the WASM module is cut or malformed");
  }
}
