package io.ruche.cli.order;

import io.ruche.core.RucheException;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Publisher;
import picocli.CommandLine.Option;

/** Options of a standing order. */
public final class Terms {
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

  public TokenAmount price() {
    return price;
  }

  /** The terms for an audience, which the options beside these name. */
  public Publisher.Terms to(AudienceOptions audience) {
    return of(price, volume, audience);
  }

  public static Publisher.Terms of(TokenAmount price, long volume, AudienceOptions audience) {
    if (volume < 1) {
      throw new RucheException(
          "USAGE",
          "expected a volume of 1 or more tasks, found: %d.".formatted(volume),
          "Name with --volume how many tasks the order allows in all.",
          false);
    }
    return new Publisher.Terms(price, volume, Tag.NONE, audience.get());
  }
}
