package io.ruche.manifest;

import io.ruche.core.Address;
import io.ruche.core.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads what {@link AbiEncoder} writes, and nothing else: every part must stand where the encoder
 * puts it, so that no length or offset of a stranger can make a small text a large value.
 * Solidity's own decoder is laxer; its encoder is not.
 */
final class AbiDecoder {
  private final byte[] data;

  private AbiDecoder(byte[] data) {
    this.data = data;
  }

  /**
   * The values of these types.
   *
   * @throws IllegalArgumentException when the data is no encoding of such values
   */
  static List<AbiValue> decode(List<AbiType> types, byte[] data) {
    var values = new ArrayList<AbiValue>();
    int end = new AbiDecoder(data).tuple(types, 0, values);
    if (end != data.length) {
      throw malformed("%d bytes after the last value".formatted(data.length - end));
    }
    return List.copyOf(values);
  }

  /** Reads a tuple that starts at {@code base}; returns where it ends. */
  private int tuple(List<AbiType> types, int base, List<AbiValue> values) {
    int end = base + types.size() * Words.SIZE;
    for (int i = 0; i < types.size(); i++) {
      int head = base + i * Words.SIZE;
      if (types.get(i).isDynamic()) {
        if (!number(head).equals(BigInteger.valueOf(end - base))) {
          throw malformed(
              "a value at an offset of %s, expected %d".formatted(number(head), end - base));
        }
        end = dynamic(types.get(i), end, values);
      } else {
        values.add(single(types.get(i), word(head)));
      }
    }
    return end;
  }

  private int dynamic(AbiType type, int at, List<AbiValue> values) {
    int start = at + Words.SIZE;
    if (type instanceof AbiType.ListOf(var element)) {
      int count = length(at, (data.length - start) / Words.SIZE);
      var elements = new ArrayList<AbiValue>();
      int end = tuple(Collections.nCopies(count, element), start, elements);
      values.add(new AbiValue.Sequence(elements));
      return end;
    }
    int length = length(at, data.length - start);
    int end = start + Math.ceilDiv(length, Words.SIZE) * Words.SIZE;
    byte[] bytes = slice(start, length);
    requireZeros(slice(start + length, end - start - length));
    values.add(type instanceof AbiType.Text ? AbiValue.of(text(bytes)) : binary(bytes));
    return end;
  }

  private static AbiValue single(AbiType type, byte[] word) {
    var value = switch (type) {
      case AbiType.Bool _ -> bool(word);
      case AbiType.Account _ -> {
        requireZeros(Arrays.copyOf(word, 12));
        yield AbiValue.of(Address.of(Arrays.copyOfRange(word, 12, Words.SIZE)));
      }
      case AbiType.Signed _ -> AbiValue.of(new BigInteger(word));
      case AbiType.FixedBytes(int size) -> {
        requireZeros(Arrays.copyOfRange(word, size, Words.SIZE));
        yield binary(Arrays.copyOf(word, size));
      }
      default -> AbiValue.of(new BigInteger(1, word));
    };
    value.requireFits(type);
    return value;
  }

  private static AbiValue bool(byte[] word) {
    requireZeros(Arrays.copyOf(word, Words.SIZE - 1));
    return switch (word[Words.SIZE - 1]) {
      case 0 -> AbiValue.of(false);
      case 1 -> AbiValue.of(true);
      default -> throw malformed("a bool of " + word[Words.SIZE - 1]);
    };
  }

  private static AbiValue binary(byte[] bytes) {
    return AbiValue.of(Bytes.of(bytes));
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("a string that is not UTF-8");
    }
  }

  private int length(int at, int most) {
    var length = number(at);
    if (length.compareTo(BigInteger.valueOf(Math.max(most, 0))) > 0) {
      throw malformed("a length of %s in %d bytes".formatted(length, data.length));
    }
    return length.intValue();
  }

  private BigInteger number(int at) {
    return new BigInteger(1, word(at));
  }

  private byte[] word(int at) {
    return slice(at, Words.SIZE);
  }

  private byte[] slice(int from, int length) {
    if (length > data.length - from) {
      throw malformed("%d bytes, too few".formatted(data.length));
    }
    return Arrays.copyOfRange(data, from, from + length);
  }

  private static void requireZeros(byte[] padding) {
    for (byte one : padding) {
      if (one != 0) {
        throw malformed("a value that is too large for its type");
      }
    }
  }

  private static IllegalArgumentException malformed(String found) {
    return new IllegalArgumentException("malformed ABI data: found " + found);
  }
}
