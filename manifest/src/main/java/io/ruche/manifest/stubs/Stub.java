package io.ruche.manifest.stubs;

import io.ruche.manifest.Manifest;

/**
 * A generated source file.
 *
 * @param path below the folder of its language, with {@code /} between names
 */
public record Stub(String path, String source) {
  /** A library whose functions make calldata and read answers. */
  public static Stub solidity(Manifest manifest) {
    return new Stub(Names.type(manifest.name()) + ".sol", new SolidityLibrary(manifest).source());
  }

  /**
   * A class whose functions make calls that read their own answers.
   *
   * @throws IllegalArgumentException when that is no package name
   */
  public static Stub java(Manifest manifest, String packageName) {
    if (!packageName.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
      throw new IllegalArgumentException(
          "expected a package such as org.example.chess, found: " + packageName);
    }
    return new Stub(
        packageName.replace('.', '/') + "/" + Names.type(manifest.name()) + ".java",
        new JavaClient(manifest, packageName).source());
  }
}
