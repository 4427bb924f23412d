package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped runs on arm64 as on x86-64. */
class NativeLibrariesTest {
  @TempDir
  Path folder;

  @Test
  void everyLibraryHasATwinForArm64() throws IOException {
    var jars = distribution();

    assertThat(NativeLibraries.count(jars)).as("libraries for x86-64").isGreaterThanOrEqualTo(3);
    assertThat(NativeLibraries.withoutTwin(jars)).isEmpty();
  }

  @Test
  void oneThatIsTakenAwayIsNamedWithItsJar() throws IOException {
    var whole = distribution().stream()
        .filter(jar -> jar.getFileName().toString().startsWith("secp256k1-kmp-jni-jvm-linux"))
        .findFirst()
        .orElseThrow();
    var half = folder.resolve("half.jar");
    copyWithout("linux-aarch64", whole, half);

    assertThat(NativeLibraries.withoutTwin(List.of(whole))).isEmpty();
    assertThat(NativeLibraries.withoutTwin(List.of(half)))
        .singleElement()
        .asString()
        .startsWith("half.jar has ")
        .contains("linux-x86_64/libsecp256k1-jni.so");
  }

  private static void copyWithout(String word, Path from, Path to) throws IOException {
    try (var jar = new JarFile(from.toFile());
        var out = new JarOutputStream(Files.newOutputStream(to))) {
      for (var entry :
          jar.stream().filter(each -> !each.getName().contains(word)).toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (var in = jar.getInputStream(entry)) {
          in.transferTo(out);
        }
      }
    }
  }

  /** All jars that the product is made of. */
  private static List<Path> distribution() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }
}
