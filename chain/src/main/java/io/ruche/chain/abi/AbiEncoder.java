package io.ruche.chain.abi;

import io.ruche.core.Address;
import io.ruche.core.Words;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Encodes one tuple (an argument list or a struct), member by member in order. Static members go to
 * the head; dynamic ones to the tail, with their offset in the head.
 *
 * <p>Source: Solidity documentation, contract ABI specification, "Formal Specification of the
 * Encoding".
 */
public final class AbiEncoder {
  private static final class Member {
    private final byte[] bytes;
    private final boolean isDynamic;

    Member(byte[] bytes, boolean isDynamic) {
      this.bytes = bytes;
      this.isDynamic = isDynamic;
    }
  }

  private final List<Member> members = new ArrayList<>();

  public AbiEncoder address(Address value) {
    return word(Words.address(value));
  }

  public AbiEncoder uint(long value) {
    return word(Words.uint256(value));
  }

  public AbiEncoder uint(BigInteger value) {
    return word(Words.uint256(value));
  }

  /** A {@code bytes32}. */
  public AbiEncoder word(byte[] value) {
    if (value.length != Words.SIZE) {
      throw new IllegalArgumentException("expected 32 bytes, found: " + value.length);
    }
    members.add(new Member(value, false));
    return this;
  }

  public AbiEncoder bytes(byte[] value) {
    int padded = (value.length + Words.SIZE - 1) / Words.SIZE * Words.SIZE;
    members.add(
        new Member(concat(Words.uint256(value.length), Arrays.copyOf(value, padded)), true));
    return this;
  }

  public AbiEncoder text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public AbiEncoder tuple(AbiEncoder value) {
    members.add(new Member(value.toBytes(), value.isDynamic()));
    return this;
  }

  /** An array of static one-word elements. */
  public <T> AbiEncoder words(List<T> values, Function<T, byte[]> toWord) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(Words.uint256(values.size()));
    values.forEach(value -> out.writeBytes(toWord.apply(value)));
    members.add(new Member(out.toByteArray(), true));
    return this;
  }

  /** An array of dynamic structs. */
  public <T> AbiEncoder tuples(List<T> values, Function<T, AbiEncoder> toTuple) {
    var elements = new AbiEncoder();
    values.forEach(value -> elements.tuple(toTuple.apply(value)));
    members.add(new Member(concat(Words.uint256(values.size()), elements.toBytes()), true));
    return this;
  }

  public byte[] toBytes() {
    var head = new ByteArrayOutputStream();
    var tail = new ByteArrayOutputStream();
    int headSize = members.stream()
        .mapToInt(member -> member.isDynamic ? Words.SIZE : member.bytes.length)
        .sum();
    for (var member : members) {
      if (member.isDynamic) {
        head.writeBytes(Words.uint256(headSize + tail.size()));
        tail.writeBytes(member.bytes);
      } else {
        head.writeBytes(member.bytes);
      }
    }
    return concat(head.toByteArray(), tail.toByteArray());
  }

  private boolean isDynamic() {
    return members.stream().anyMatch(member -> member.isDynamic);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
