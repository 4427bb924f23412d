package io.ruche.cli;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How option texts become values; a malformed one is a usage error that says what was expected. */
final class Converters {
  private Converters() {}

  static void register(CommandLine line) {
    line.registerConverter(Address.class, of(Address::new));
    line.registerConverter(TokenAmount.class, of(TokenAmount::parse));
    line.registerConverter(DealId.class, of(DealId::new));
    line.registerConverter(TaskId.class, of(TaskId::new));
  }

  private static <T> ITypeConverter<T> of(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }
}
