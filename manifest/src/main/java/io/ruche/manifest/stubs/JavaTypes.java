package io.ruche.manifest.stubs;

import io.ruche.manifest.AbiType;

/** How the ABI's types look in Java: small numbers are int or long, larger ones BigInteger. */
final class JavaTypes {
  private JavaTypes() {}

  static String plain(AbiType type) {
    return switch (type) {
      case AbiType.Bool _ -> "boolean";
      case AbiType.Account _ -> "Address";
      case AbiType.Unsigned(int bits) -> bits < 32 ? "int" : bits < 64 ? "long" : "BigInteger";
      case AbiType.Signed(int bits) -> bits <= 32 ? "int" : bits <= 64 ? "long" : "BigInteger";
      case AbiType.FixedBytes _, AbiType.DynamicBytes _ -> "Bytes";
      case AbiType.Text _ -> "String";
      case AbiType.ListOf(var element) -> "List<%s>".formatted(boxed(element));
    };
  }

  static String boxed(AbiType type) {
    return switch (plain(type)) {
      case "boolean" -> "Boolean";
      case "int" -> "Integer";
      case "long" -> "Long";
      default -> plain(type);
    };
  }

  /** The expression that makes a value of a variable. */
  static String value(AbiType type, String variable) {
    return type instanceof AbiType.ListOf
        ? "AbiValue.list(%s, AbiValue::of)".formatted(variable)
        : "AbiValue.of(%s)".formatted(variable);
  }

  /** The expression that reads the value at a position of the answer. */
  static String read(AbiType type, int index) {
    return type instanceof AbiType.ListOf(var element)
        ? "answer.get(%d).toList(AbiValue::%s)".formatted(index, reader(element))
        : "answer.get(%d).%s()".formatted(index, reader(type));
  }

  private static String reader(AbiType type) {
    return switch (plain(type)) {
      case "boolean" -> "toBoolean";
      case "Address" -> "toAddress";
      case "int" -> "toInt";
      case "long" -> "toLong";
      case "BigInteger" -> "toNumber";
      case "Bytes" -> "toBytes";
      default -> "toText";
    };
  }
}
