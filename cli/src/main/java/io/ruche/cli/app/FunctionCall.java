package io.ruche.cli.app;

import io.ruche.core.DealParams;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.manifest.AbiText;
import io.ruche.manifest.AbiValue;
import io.ruche.manifest.Manifest;
import io.ruche.manifest.ManifestFunction;
import java.util.List;

/** A function of a manifest with the arguments that a person gave, checked before anything runs. */
public record FunctionCall(ManifestFunction function, List<AbiValue> arguments) {
  /**
   * Checks a call.
   *
   * @throws RucheException USAGE that names the function or argument that is wrong
   */
  public static FunctionCall of(Manifest manifest, String name, List<String> texts) {
    var function = manifest
        .function(name)
        .orElseThrow(() -> usage("%s has no function %s; it has %s"
            .formatted(
                manifest.name(),
                name,
                String.join(
                    ", ",
                    manifest.functions().stream().map(ManifestFunction::name).toList()))));
    FunctionCall call;
    try {
      call = new FunctionCall(function, function.parseArguments(texts));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    if (call.args().length() > DealParams.MAX_LENGTH) {
      throw usage("the arguments take %d characters, more than the %d that an order holds"
          .formatted(call.args().length(), DealParams.MAX_LENGTH));
    }
    return call;
  }

  /** The command line of the app: one word. */
  public String args() {
    return Hex.encode(function.abi().encodeCall(arguments));
  }

  /**
   * The values of an answer.
   *
   * @throws RucheException ANSWER_INVALID when the app answered something else
   */
  public List<AbiValue> decode(byte[] answer) {
    try {
      return function.abi().decodeAnswer(answer);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "ANSWER_INVALID",
          "the app answered %d bytes that are no answer of %s: %s."
              .formatted(answer.length, function.declaration(), e.getMessage()),
          "The app does not keep its manifest; tell its author.",
          false,
          e);
    }
  }

  @Override
  public String toString() {
    return "%s(%s)"
        .formatted(
            function.name(),
            String.join(", ", arguments.stream().map(AbiText::of).toList()));
  }

  private static RucheException usage(String message) {
    return new RucheException(
        "USAGE", message + ".", "See what it takes with `ruche app show`.", false);
  }
}
