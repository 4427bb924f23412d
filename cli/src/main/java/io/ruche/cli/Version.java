package io.ruche.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
  static String text() {
    var packaged = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(packaged, "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"ruche " + text()};
  }
}
