package io.ruche.manifest;

import io.ruche.core.Keccak;
import io.ruche.core.Words;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function of an app: how its calls and answers are encoded. */
public record AbiFunction(String name, List<AbiType> arguments, List<AbiType> results) {
  public static final int SELECTOR_BYTES = 4;

  private static final Pattern TEXT =
      Pattern.compile("([A-Za-z][A-Za-z0-9]*)\\(([^()]*)\\)\\(([^()]+)\\)");

  public AbiFunction {
    arguments = List.copyOf(arguments);
    results = List.copyOf(results);
  }

  /** Of name, argument types and result types, such as {@code outcome(bytes32,uint256)(uint8)}. */
  public static AbiFunction parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected a function such as outcome(bytes32,uint256)(uint8), found "
              + Texts.quoted(text));
    }
    return new AbiFunction(parts.group(1), types(parts.group(2)), types(parts.group(3)));
  }

  private static List<AbiType> types(String names) {
    return names.isEmpty()
        ? List.of()
        : Stream.of(names.split(",", -1)).map(AbiType::parse).toList();
  }

  /** Name and argument types: what the selector is made of. */
  public String signature() {
    return name + tuple(arguments);
  }

  /** First 4 bytes of the signature's hash. */
  public byte[] selector() {
    return Arrays.copyOf(Keccak.hashText(signature()), SELECTOR_BYTES);
  }

  /** Calldata: the selector, then the arguments. */
  public byte[] encodeCall(List<AbiValue> values) {
    byte[] encoded = encode("argument", arguments, values);
    byte[] call = Arrays.copyOf(selector(), SELECTOR_BYTES + encoded.length);
    System.arraycopy(encoded, 0, call, SELECTOR_BYTES, encoded.length);
    return call;
  }

  /**
   * The arguments of calldata.
   *
   * @throws IllegalArgumentException when it is no call of this function
   */
  public List<AbiValue> decodeCall(byte[] call) {
    if (call.length < SELECTOR_BYTES || !Arrays.equals(Arrays.copyOf(call, 4), selector())) {
      throw new IllegalArgumentException("expected a call of " + signature());
    }
    return AbiDecoder.decode(arguments, Arrays.copyOfRange(call, SELECTOR_BYTES, call.length));
  }

  /** What an app answers. */
  public byte[] encodeAnswer(List<AbiValue> values) {
    return encode("result", results, values);
  }

  /**
   * The values of an answer.
   *
   * @throws IllegalArgumentException when it is no answer of this function
   */
  public List<AbiValue> decodeAnswer(byte[] answer) {
    return AbiDecoder.decode(results, answer);
  }

  /** Length of every answer, or of the shortest where answers differ in length. */
  public int leastAnswerBytes() {
    return results.stream()
        .mapToInt(type -> Words.SIZE * (type.isDynamic() ? 2 : 1))
        .sum();
  }

  public boolean hasAnswersOfOneLength() {
    return results.stream().noneMatch(AbiType::isDynamic);
  }

  @Override
  public String toString() {
    return signature() + tuple(results);
  }

  private static String tuple(List<AbiType> types) {
    return types.stream().map(AbiType::name).collect(Collectors.joining(",", "(", ")"));
  }

  private byte[] encode(String what, List<AbiType> types, List<AbiValue> values) {
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(
          "%s takes %s, found %d".formatted(name, Texts.count(types.size(), what), values.size()));
    }
    for (int i = 0; i < types.size(); i++) {
      try {
        values.get(i).requireFits(types.get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s %d of %s: %s".formatted(what, i + 1, name, e.getMessage()), e);
      }
    }
    return AbiEncoder.encode(types, values);
  }
}
