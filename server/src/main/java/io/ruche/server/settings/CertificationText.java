package io.ruche.server.settings;

import io.ruche.certify.AdaptiveReplication;
import io.ruche.certify.CertificationMethod;
import io.ruche.certify.CredibilityVoting;
import io.ruche.core.Digest;
import io.ruche.scheduler.Certification;
import io.ruche.scheduler.CertificationPolicy;
import io.ruche.scheduler.MethodCertification;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The setting {@code certification}: one of {@link Certification}, or a method with its numbers,
 * such as {@code credibility:threshold=0.999,liars=0.1,checks=0.05} or {@code adaptive:after=20}.
 */
final class CertificationText {
  private static final String NAMES =
      "AFTER_RESULT, WITH_WORK, AFTER_COMMIT, credibility or adaptive";

  private CertificationText() {}

  /**
   * Reads the setting; a method gets a secret of its own, drawn anew at each start.
   *
   * @throws IllegalArgumentException with a sentence that names what was expected
   */
  static CertificationPolicy parse(String text) {
    for (var known : Certification.values()) {
      if (known.name().equals(text)) {
        return known;
      }
    }
    int colon = text.indexOf(':');
    var name = colon < 0 ? text : text.substring(0, colon);
    var numbers = colon < 0 ? "" : text.substring(colon + 1);
    return new MethodCertification(method(name, numbers), secret());
  }

  private static CertificationMethod method(String name, String numbers) {
    return switch (name) {
      case "credibility" -> {
        var given = numbers(numbers, Set.of("threshold", "liars", "checks"));
        yield new CredibilityVoting(
            given.getOrDefault("threshold", CredibilityVoting.DEFAULT_THRESHOLD),
            given.getOrDefault("liars", CredibilityVoting.DEFAULT_LIARS),
            given.getOrDefault("checks", CredibilityVoting.DEFAULT_CHECK_RATE));
      }
      case "adaptive" -> {
        double after = numbers(numbers, Set.of("after"))
            .getOrDefault("after", (double) AdaptiveReplication.BOINC_TRUSTED_AFTER);
        if (after != Math.rint(after)) {
          throw new IllegalArgumentException("expected a whole number for after, found " + after);
        }
        yield new AdaptiveReplication((int) after);
      }
      default ->
        throw new IllegalArgumentException("expected %s, found: %s".formatted(NAMES, name));
    };
  }

  private static Map<String, Double> numbers(String text, Set<String> known) {
    var numbers = new HashMap<String, Double>();
    for (var part :
        Arrays.stream(text.split(",")).filter(part -> !part.isEmpty()).toList()) {
      int equal = part.indexOf('=');
      var name = equal < 0 ? part : part.substring(0, equal);
      if (equal < 0 || !known.contains(name)) {
        throw new IllegalArgumentException("expected NAME=NUMBER with a name of %s, found: %s"
            .formatted(known.stream().sorted().toList(), part));
      }
      numbers.put(name, number(part.substring(equal + 1)));
    }
    return numbers;
  }

  private static double number(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException("expected a number such as 0.99, found: " + text);
    }
    return Double.parseDouble(text);
  }

  private static Digest secret() {
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Digest.of(secret);
  }
}
