package io.ruche.transfer;

import io.ruche.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Address of content: CIDv1 in base32 over sha2-256, the same that {@code ipfs add --cid-version=1}
 * prints. Compute one with {@link #of} or, while bytes stream, with {@link CidBuilder}.
 *
 * @param codec what the hash is of: the bytes themselves, or the root of a tree of chunks
 */
public record Cid(Codec codec, Sha256 hash) {
  private static final int VERSION = 1;
  private static final int SHA2_256 = 0x12;
  private static final int HASH_BYTES = 32;
  private static final int LENGTH = 4 + HASH_BYTES;
  private static final String BASE32_PREFIX = "b";
  private static final int TEXT_LENGTH = 59;
  private static final int BUFFER_BYTES = 1 << 16;

  /** How the hashed block is read. */
  public enum Codec {
    RAW(0x55),
    DAG_PB(0x70);

    private final int number;

    Codec(int number) {
      this.number = number;
    }
  }

  /**
   * The CID in this text.
   *
   * @throws io.ruche.core.RucheException BAD_LOCATION for any text that {@link #toString} cannot
   *     give
   */
  public static Cid parse(String text) {
    if (text.length() != TEXT_LENGTH || !text.startsWith(BASE32_PREFIX)) {
      throw notACid(text);
    }
    byte[] bytes;
    try {
      bytes = Base32.decode(text.substring(1));
    } catch (IllegalArgumentException e) {
      throw notACid(text);
    }
    if (bytes[0] != VERSION || bytes[2] != SHA2_256 || bytes[3] != HASH_BYTES) {
      throw notACid(text);
    }
    byte[] hash = new byte[HASH_BYTES];
    System.arraycopy(bytes, 4, hash, 0, HASH_BYTES);
    return new Cid(codecOf(bytes[1], text), Sha256.of(hash));
  }

  /** CID of all bytes left in the stream, which stays open. */
  public static Cid of(InputStream stream) throws IOException {
    var builder = new CidBuilder();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      builder.update(buffer, 0, count);
    }
    return builder.finish();
  }

  /** CID of the bytes of a file. */
  public static Cid of(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return of(stream);
    }
  }

  /** CID of these bytes. */
  public static Cid of(byte[] bytes) {
    var builder = new CidBuilder();
    builder.update(bytes, 0, bytes.length);
    return builder.finish();
  }

  /** The binary form: version, codec, hash function, hash length, hash. */
  byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    bytes[0] = VERSION;
    bytes[1] = (byte) codec.number;
    bytes[2] = SHA2_256;
    bytes[3] = HASH_BYTES;
    System.arraycopy(hash.bytes(), 0, bytes, 4, HASH_BYTES);
    return bytes;
  }

  /** The path that goes into the {@code location} of a result. */
  public String path() {
    return "/ipfs/" + this;
  }

  @Override
  public String toString() {
    return BASE32_PREFIX + Base32.encode(bytes());
  }

  private static Codec codecOf(byte number, String text) {
    for (Codec codec : Codec.values()) {
      if (codec.number == number) {
        return codec;
      }
    }
    throw notACid(text);
  }

  private static RuntimeException notACid(String text) {
    return TransferCode.BAD_LOCATION.error(
        "expected a CID (version 1, base32, sha2-256, raw or dag-pb), found: " + Shown.of(text),
        "Use the form that `ipfs add --cid-version=1` prints.");
  }
}
