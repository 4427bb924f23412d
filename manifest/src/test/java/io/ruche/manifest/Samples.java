package io.ruche.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The manifests under {@code src/test/resources/manifests}. */
public final class Samples {
  public static final List<String> NAMES = List.of("chess", "every-type", "list");

  private Samples() {}

  public static byte[] bytes(String name) {
    try (var in = Samples.class.getResourceAsStream("/manifests/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no sample " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Manifest manifest(String name) {
    return Manifest.parse(bytes(name));
  }
}
