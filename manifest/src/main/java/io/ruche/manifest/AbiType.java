package io.ruche.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of Solidity's ABI that an app's function may take or give. */
public sealed interface AbiType {
  /** What can be written, for people. */
  String KNOWN =
      "bool, address, uint8 to uint256, int8 to int256, bytes1 to bytes32, bytes, string,"
          + " or a list of one of them such as uint256[]";

  /** {@code bool}. */
  record Bool() implements AbiType {}

  /** {@code address}. */
  record Account() implements AbiType {}

  /** {@code uintN}. */
  record Unsigned(int bits) implements AbiType {}

  /** {@code intN}. */
  record Signed(int bits) implements AbiType {}

  /** {@code bytesN}. */
  record FixedBytes(int size) implements AbiType {}

  /** {@code bytes}. */
  record DynamicBytes() implements AbiType {}

  /** {@code string}. */
  record Text() implements AbiType {}

  /** {@code T[]}. */
  record ListOf(AbiType element) implements AbiType {}

  /**
   * The type of this canonical name; {@code uint} without bits is refused, as selectors need them.
   *
   * @throws IllegalArgumentException for any other text
   */
  static AbiType parse(String name) {
    if (name.endsWith("[]")) {
      var element = parseSingle(name.substring(0, name.length() - 2), name);
      return new ListOf(element);
    }
    return parseSingle(name, name);
  }

  private static AbiType parseSingle(String name, String whole) {
    var sized = AbiTypeNames.SIZED.matcher(name);
    return switch (name) {
      case "bool" -> new Bool();
      case "address" -> new Account();
      case "bytes" -> new DynamicBytes();
      case "string" -> new Text();
      default -> {
        if (sized.matches()) {
          yield sized(sized, whole);
        }
        throw AbiTypeNames.unknown(whole);
      }
    };
  }

  private static AbiType sized(Matcher sized, String whole) {
    int size = Integer.parseInt(sized.group(2));
    boolean isBytes = sized.group(1).equals("bytes");
    boolean isKnown = isBytes ? size <= 32 : size <= 256 && size % 8 == 0;
    if (!isKnown) {
      throw AbiTypeNames.unknown(whole);
    }
    return switch (sized.group(1)) {
      case "uint" -> new Unsigned(size);
      case "int" -> new Signed(size);
      default -> new FixedBytes(size);
    };
  }

  /** The canonical name, as selectors are made of. */
  default String name() {
    return switch (this) {
      case Bool _ -> "bool";
      case Account _ -> "address";
      case Unsigned(int bits) -> "uint" + bits;
      case Signed(int bits) -> "int" + bits;
      case FixedBytes(int size) -> "bytes" + size;
      case DynamicBytes _ -> "bytes";
      case Text _ -> "string";
      case ListOf(var element) -> element.name() + "[]";
    };
  }

  /** True when values differ in length, and so are encoded behind an offset. */
  default boolean isDynamic() {
    return this instanceof DynamicBytes || this instanceof Text || this instanceof ListOf;
  }
}

/** What an interface cannot hide. */
final class AbiTypeNames {
  static final Pattern SIZED = Pattern.compile("(uint|int|bytes)([1-9][0-9]{0,2})");

  private AbiTypeNames() {}

  static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "expected a type (%s), found %s".formatted(AbiType.KNOWN, Texts.quoted(name)));
  }
}
