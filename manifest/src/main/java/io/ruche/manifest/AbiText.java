package io.ruche.manifest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ruche.core.Address;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as people and files write them. In JSON: numbers are decimal texts, bytes and addresses
 * hex texts, bool a JSON bool, a list a JSON array. On a command line the same without quotes; a
 * number may also be hex, a list is a JSON array.
 */
public final class AbiText {
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  /** Of 256 bits; longer ones are refused before they are parsed, which is slow. */
  private static final int MAX_NUMBER_LENGTH = 79;

  private AbiText() {}

  /** What a value of this type looks like, for error messages. */
  static String expectation(AbiType type) {
    return switch (type) {
      case AbiType.Bool _ -> "true or false";
      case AbiType.Account _ -> "an address (0x and 40 hex digits)";
      case AbiType.Unsigned(int bits) -> "a uint%d (a whole number from 0)".formatted(bits);
      case AbiType.Signed(int bits) -> "an int%d (a whole number)".formatted(bits);
      case AbiType.FixedBytes(int size) ->
        "a bytes%d (0x and %d hex digits)".formatted(size, 2 * size);
      case AbiType.DynamicBytes _ -> "bytes (0x and hex digits)";
      case AbiType.Text _ -> "text";
      case AbiType.ListOf(var element) -> "a JSON array of " + element.name();
    };
  }

  /**
   * A value from a command line or a form.
   *
   * @throws IllegalArgumentException when the text is none of this type
   */
  public static AbiValue parse(AbiType type, String text) {
    return switch (type) {
      case AbiType.Bool _ ->
        switch (text) {
          case "true" -> AbiValue.of(true);
          case "false" -> AbiValue.of(false);
          default -> throw unexpected(type, Texts.quoted(text));
        };
      case AbiType.ListOf _ -> fromJson(type, jsonOf(type, text));
      default -> single(type, text, true);
    };
  }

  /**
   * A value from a manifest.
   *
   * @throws IllegalArgumentException when it is none of this type
   */
  public static AbiValue fromJson(AbiType type, JsonNode json) {
    return switch (json) {
      case BooleanNode bool when type instanceof AbiType.Bool -> AbiValue.of(bool.booleanValue());
      case ArrayNode array
      when type instanceof AbiType.ListOf(var element) -> {
        var values = new ArrayList<AbiValue>();
        for (var item : array) {
          values.add(fromJson(element, item));
        }
        yield new AbiValue.Sequence(values);
      }
      case TextNode text
      when !(type instanceof AbiType.Bool || type instanceof AbiType.ListOf) ->
        single(type, text.textValue(), false);
      default -> throw unexpected(type, shown(json));
    };
  }

  /** The value as a manifest writes it. */
  public static JsonNode toJson(AbiValue value) {
    return switch (value) {
      case AbiValue.Bool(boolean bool) -> BooleanNode.valueOf(bool);
      case AbiValue.Sequence(var values) -> {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(item -> array.add(toJson(item)));
        yield array;
      }
      default -> TextNode.valueOf(of(value));
    };
  }

  /** The value as a command line takes it. */
  public static String of(AbiValue value) {
    return switch (value) {
      case AbiValue.Bool(boolean bool) -> Boolean.toString(bool);
      case AbiValue.Account(var address) -> address.checksummed();
      case AbiValue.Whole(var number) -> number.toString();
      case AbiValue.Binary(var bytes) -> bytes.hex();
      case AbiValue.Text(var text) -> text;
      case AbiValue.Sequence _ -> toJson(value).toString();
    };
  }

  /** Values separated by blanks, for one line of help. */
  public static String of(List<AbiValue> values) {
    return String.join(" ", values.stream().map(AbiText::of).toList());
  }

  private static AbiValue single(AbiType type, String text, boolean allowsHexNumber) {
    AbiValue value;
    try {
      value = switch (type) {
        case AbiType.Account _ -> AbiValue.of(new Address(text));
        case AbiType.Unsigned _, AbiType.Signed _ ->
          AbiValue.of(number(type, text, allowsHexNumber));
        case AbiType.FixedBytes _, AbiType.DynamicBytes _ -> AbiValue.of(new Bytes(text));
        case AbiType.Text _ -> AbiValue.of(text);
        case AbiType.Bool _, AbiType.ListOf _ -> throw unexpected(type, Texts.quoted(text));
      };
      value.requireFits(type);
    } catch (IllegalArgumentException e) {
      throw unexpected(type, Texts.quoted(text));
    }
    return value;
  }

  private static BigInteger number(AbiType type, String text, boolean allowsHex) {
    if (text.length() <= MAX_NUMBER_LENGTH) {
      if (text.matches("0|-?[1-9][0-9]*")) {
        return new BigInteger(text);
      }
      if (allowsHex && text.matches("0x[0-9a-fA-F]+")) {
        return new BigInteger(text.substring(2), 16);
      }
    }
    throw unexpected(type, Texts.quoted(text));
  }

  private static JsonNode jsonOf(AbiType type, String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw unexpected(type, Texts.quoted(text));
    }
  }

  private static IllegalArgumentException unexpected(AbiType type, String found) {
    return new IllegalArgumentException(
        "expected %s, found %s".formatted(expectation(type), found));
  }

  static String shown(JsonNode json) {
    return switch (json.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case STRING -> Texts.quoted(json.textValue());
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      default -> json.toString();
    };
  }
}
