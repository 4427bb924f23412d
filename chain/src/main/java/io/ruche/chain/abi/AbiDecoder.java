package io.ruche.chain.abi;

import io.ruche.core.Address;
import io.ruche.core.Words;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads one tuple member by member, in order. Static structs inside it are simply read through,
 * word by word; dynamic ones with {@link #tuple()}. Every offset and length is checked against the
 * data: it came from a stranger.
 */
public final class AbiDecoder {
  private final byte[] data;
  private final int base;
  private int next;

  private AbiDecoder(byte[] data, int base) {
    this.data = data;
    this.base = base;
    this.next = base;
  }

  public static AbiDecoder of(byte[] data) {
    return new AbiDecoder(data, 0);
  }

  /** A {@code bytes32}. */
  public byte[] word() {
    byte[] word = slice(next, Words.SIZE);
    next += Words.SIZE;
    return word;
  }

  public Address address() {
    byte[] word = word();
    for (int i = 0; i < 12; i++) {
      if (word[i] != 0) {
        throw malformed("an address with more than 20 bytes");
      }
    }
    return Address.of(Arrays.copyOfRange(word, 12, Words.SIZE));
  }

  public BigInteger uint() {
    return new BigInteger(1, word());
  }

  /** A {@code uint256} that must fit a long; larger ones are capped, so deadlines stay ordered. */
  public long cappedLong() {
    var value = uint();
    return value.bitLength() > 62 ? Long.MAX_VALUE : value.longValue();
  }

  public int smallInt() {
    var value = uint();
    if (value.bitLength() > 31) {
      throw malformed("a number above 2^31: " + value);
    }
    return value.intValue();
  }

  public boolean bool() {
    return uint().signum() != 0;
  }

  public byte[] bytes() {
    int start = offset();
    int length = lengthAt(start);
    return slice(start + Words.SIZE, length);
  }

  /** A {@code string}; bytes that are no UTF-8 become replacement characters. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** A struct with a dynamic member, found through its offset. */
  public AbiDecoder tuple() {
    return new AbiDecoder(data, offset());
  }

  /** An array of static one-word elements. */
  public <T> List<T> words(Function<AbiDecoder, T> element) {
    int start = offset();
    int count = lengthAt(start);
    if (count > (data.length - start) / Words.SIZE) {
      throw malformed("an array of %d elements in %d bytes".formatted(count, data.length));
    }
    var reader = new AbiDecoder(data, start + Words.SIZE);
    var values = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      values.add(element.apply(reader));
    }
    return values;
  }

  private int offset() {
    int offset = smallInt();
    if (offset > data.length - base) {
      throw malformed("an offset of %d in %d bytes".formatted(offset, data.length));
    }
    return base + offset;
  }

  private int lengthAt(int position) {
    return new AbiDecoder(data, position).smallInt();
  }

  private byte[] slice(int from, int length) {
    if (from < 0 || length < 0 || length > data.length - from) {
      throw malformed("%d bytes wanted at %d of %d".formatted(length, from, data.length));
    }
    return Arrays.copyOfRange(data, from, from + length);
  }

  private static IllegalArgumentException malformed(String found) {
    return new IllegalArgumentException("malformed ABI data, found " + found);
  }
}
