package io.ruche.manifest;

import io.ruche.core.DealParams;
import io.ruche.core.Hex;
import java.util.List;
import java.util.function.Function;

/**
 * A call of an app's function, ready to be bought, and the way to read its answer. Made by the
 * generated client of an app.
 *
 * @param <R> what the answer is read as
 */
public final class Call<R> {
  private final AbiFunction function;
  private final byte[] calldata;
  private final Function<List<AbiValue>, R> reader;

  /**
   * Of a function and its arguments.
   *
   * @throws IllegalArgumentException when an argument does not fit its type
   */
  public Call(AbiFunction function, List<AbiValue> arguments, Function<List<AbiValue>, R> reader) {
    this.function = function;
    this.calldata = function.encodeCall(arguments);
    this.reader = reader;
  }

  public AbiFunction function() {
    return function;
  }

  /** What the app gets as its only argument, in hex. */
  public byte[] calldata() {
    return calldata.clone();
  }

  /** The params of a request order for this call. */
  public DealParams params() {
    return DealParams.ofArgs(Hex.encode(calldata));
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException when it is no answer of the function that was called
   */
  public R decode(byte[] answer) {
    return reader.apply(function.decodeAnswer(answer));
  }

  @Override
  public String toString() {
    var arguments = AbiText.of(function.decodeCall(calldata));
    return function.name() + (arguments.isEmpty() ? "" : " " + arguments);
  }
}
