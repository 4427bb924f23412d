package io.ruche.manifest;

import io.ruche.core.Address;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;

/** A value of one of the {@link AbiType}s. Whether it fits a type, {@link #requireFits} says. */
public sealed interface AbiValue {
  record Bool(boolean value) implements AbiValue {}

  record Account(Address value) implements AbiValue {}

  /** Of {@code uintN} and {@code intN}. */
  record Whole(BigInteger value) implements AbiValue {}

  /** Of {@code bytesN} and {@code bytes}. */
  record Binary(Bytes value) implements AbiValue {}

  record Text(String value) implements AbiValue {}

  record Sequence(List<AbiValue> values) implements AbiValue {
    public Sequence {
      values = List.copyOf(values);
    }
  }

  static AbiValue of(boolean value) {
    return new Bool(value);
  }

  static AbiValue of(long value) {
    return new Whole(BigInteger.valueOf(value));
  }

  static AbiValue of(BigInteger value) {
    return new Whole(value);
  }

  static AbiValue of(Address value) {
    return new Account(value);
  }

  static AbiValue of(Bytes value) {
    return new Binary(value);
  }

  static AbiValue of(String value) {
    return new Text(value);
  }

  static <T> AbiValue list(List<T> values, Function<? super T, AbiValue> element) {
    return new Sequence(values.stream().map(element).toList());
  }

  /**
   * Checks the value against a type.
   *
   * @throws IllegalArgumentException when it is of another kind or too large
   */
  default void requireFits(AbiType type) {
    boolean fits = switch (type) {
      case AbiType.Bool _ -> this instanceof Bool;
      case AbiType.Account _ -> this instanceof Account;
      case AbiType.Unsigned(int bits) ->
        this instanceof Whole(var value) && value.signum() >= 0 && value.bitLength() <= bits;
      case AbiType.Signed(int bits) -> this instanceof Whole(var value) && value.bitLength() < bits;
      case AbiType.FixedBytes(int size) ->
        this instanceof Binary(var bytes) && bytes.size() == size;
      case AbiType.DynamicBytes _ -> this instanceof Binary;
      case AbiType.Text _ -> this instanceof Text;
      case AbiType.ListOf(var element) -> {
        if (this instanceof Sequence(var values)) {
          values.forEach(value -> value.requireFits(element));
          yield true;
        }
        yield false;
      }
    };
    if (!fits) {
      throw new IllegalArgumentException(
          "expected %s, found %s".formatted(AbiText.expectation(type), AbiText.of(this)));
    }
  }

  default boolean toBoolean() {
    return as(Bool.class).value();
  }

  default Address toAddress() {
    return as(Account.class).value();
  }

  default BigInteger toNumber() {
    return as(Whole.class).value();
  }

  default int toInt() {
    return toNumber().intValueExact();
  }

  default long toLong() {
    return toNumber().longValueExact();
  }

  default Bytes toBytes() {
    return as(Binary.class).value();
  }

  default String toText() {
    return as(Text.class).value();
  }

  default <T> List<T> toList(Function<AbiValue, T> element) {
    return as(Sequence.class).values().stream().map(element).toList();
  }

  private <T extends AbiValue> T as(Class<T> kind) {
    if (!kind.isInstance(this)) {
      throw new IllegalStateException(
          "expected a value of kind %s, found %s".formatted(kind.getSimpleName(), this));
    }
    return kind.cast(this);
  }
}
