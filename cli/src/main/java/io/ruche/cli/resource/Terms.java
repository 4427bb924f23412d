package io.ruche.cli.resource;

import io.ruche.core.TokenAmount;
import io.ruche.sdk.Publisher;
import picocli.CommandLine.Option;

/** Options of a standing order. */
final class Terms {
  @Option(
      names = "--price",
      paramLabel = "RUC",
      defaultValue = "0",
      description = "Price per task (default: ${DEFAULT-VALUE}).")
  TokenAmount price = TokenAmount.ZERO;

  @Option(
      names = "--volume",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Tasks that the order allows in all (default: ${DEFAULT-VALUE}).")
  long volume;

  Publisher.Terms get() {
    return new Publisher.Terms(price, volume);
  }
}
