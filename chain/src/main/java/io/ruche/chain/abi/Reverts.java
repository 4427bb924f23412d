package io.ruche.chain.abi;

import io.ruche.core.Hex;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a revert into words: {@code Error(string)}, panics, and our contracts' custom
 * errors by name.
 */
public final class Reverts {
  private static final String ERROR = AbiFunction.of("Error(string)").selector();
  private static final String PANIC = AbiFunction.of("Panic(uint256)").selector();
  private static final int MAX_TEXT = 200;

  private static final class Known {
    static final Map<String, String> BY_SELECTOR = bySelector();

    private static Map<String, String> bySelector() {
      var map = new TreeMap<String, String>();
      HubErrors.SIGNATURES.forEach(
          signature -> map.put(AbiFunction.of(signature).selector(), signature));
      return map;
    }
  }

  private Reverts() {}

  /**
   * The reason in these revert bytes, or {@code otherwise} (the node's words) when they say
   * nothing.
   */
  public static String reason(String dataHex, String otherwise) {
    try {
      byte[] data = Hex.decode(dataHex);
      if (data.length < 4) {
        return otherwise;
      }
      var selector = Hex.encode(Arrays.copyOf(data, 4));
      var arguments = AbiDecoder.of(Arrays.copyOfRange(data, 4, data.length));
      if (selector.equals(ERROR)) {
        return abbreviated(arguments.text());
      }
      if (selector.equals(PANIC)) {
        return panic(arguments.uint());
      }
      var signature = Known.BY_SELECTOR.get(selector);
      return signature == null ? "unknown error " + selector : named(signature, arguments);
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }

  private static String named(String signature, AbiDecoder arguments) {
    int bracket = signature.indexOf('(');
    var types = signature.substring(bracket + 1, signature.length() - 1);
    var values = types.isEmpty()
        ? List.<String>of()
        : Arrays.stream(types.split(",")).map(type -> value(type, arguments)).toList();
    return signature.substring(0, bracket) + "(" + String.join(", ", values) + ")";
  }

  private static String value(String type, AbiDecoder arguments) {
    return switch (type) {
      case "address" -> arguments.address().toString();
      case "bytes32" -> Hex.encode(arguments.word());
      case "string" -> abbreviated(arguments.text());
      case "bytes" -> abbreviated(Hex.encode(arguments.bytes()));
      case "bool" -> String.valueOf(arguments.bool());
      default -> arguments.uint().toString();
    };
  }

  private static String panic(BigInteger code) {
    var words = PANICS.get(code.bitLength() > 31 ? -1 : code.intValue());
    return "Panic(0x%s)%s".formatted(code.toString(16), words == null ? "" : ": " + words);
  }

  private static final Map<Integer, @Nullable String> PANICS = Map.of(
      0x01, "assertion failed",
      0x11, "arithmetic overflow",
      0x12, "division by zero",
      0x21, "value outside an enum",
      0x31, "pop of an empty array",
      0x32, "index outside an array",
      0x41, "too much memory");

  private static String abbreviated(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }
}
