package io.ruche.cli.simulate;

import io.ruche.certify.AdaptiveReplication;
import io.ruche.certify.CredibilityVoting;
import io.ruche.certify.FirstMajority;
import io.ruche.certify.PocoVoting;
import io.ruche.certify.SpotChecking;
import io.ruche.certify.lab.Contender;
import java.util.List;
import picocli.CommandLine.Option;

/** Which methods are compared, with which numbers. */
final class MethodOptions {
  /** Those that decide off chain are tried on deals where the hub asks for one run only. */
  private static final long ONE_RUN = 1;

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      order = 20,
      description = "Methods, separated by commas: ${COMPLETION-CANDIDATES} (default: all).")
  List<Method> methods = List.of(Method.values());

  @Option(
      names = "--trust",
      paramLabel = "N",
      order = 21,
      defaultValue = "5",
      description = "poco: trust of the deals (default: ${DEFAULT-VALUE}).")
  long trust;

  @Option(
      names = "--matches",
      paramLabel = "N",
      order = 22,
      defaultValue = "2",
      description = "first: equal results wanted (default: ${DEFAULT-VALUE}).")
  int matches;

  @Option(
      names = "--check-rate",
      paramLabel = "P",
      order = 23,
      defaultValue = "0.1",
      description = "checks, credibility: checks for each run (default: ${DEFAULT-VALUE}).")
  double checkRate;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      order = 24,
      defaultValue = "0.99",
      description = "credibility: chance of a right result (default: ${DEFAULT-VALUE}).")
  double threshold;

  @Option(
      names = "--assumed-liars",
      paramLabel = "P",
      order = 25,
      defaultValue = "0.2",
      description = "credibility: fraction of liars it counts with (default: ${DEFAULT-VALUE}).")
  double assumedLiars;

  @Option(
      names = "--trusted-after",
      paramLabel = "N",
      order = 26,
      defaultValue = "10",
      description = "adaptive: confirmed runs in a row (default: ${DEFAULT-VALUE}).")
  int trustedAfter;

  /**
   * The methods, in the order in which they were named.
   *
   * @throws IllegalArgumentException a number is out of its range
   */
  List<Contender> contenders() {
    return methods.stream().distinct().map(this::contender).toList();
  }

  private Contender contender(Method method) {
    return switch (method) {
      case poco -> poco();
      case first -> new Contender("first-to-" + matches, new FirstMajority(matches), ONE_RUN);
      case checks -> new Contender("spot-checks", new SpotChecking(checkRate), ONE_RUN);
      case credibility ->
        new Contender(
            "credibility", new CredibilityVoting(threshold, assumedLiars, checkRate), ONE_RUN);
      case adaptive -> new Contender("adaptive", new AdaptiveReplication(trustedAfter), ONE_RUN);
    };
  }

  private Contender poco() {
    if (trust < 1 || trust > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected trust from 1 to %d, found %d".formatted(Integer.MAX_VALUE, trust));
    }
    return new Contender("poco trust " + trust, new PocoVoting(), trust);
  }
}
