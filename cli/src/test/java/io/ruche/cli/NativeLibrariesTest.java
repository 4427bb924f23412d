package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the jars bring for the processors that workers have. */
class NativeLibrariesTest {
  private static final Pattern LINUX_X86 = Pattern.compile(
      "(?i)(^|.*[/_-])(linux|linux-gnu)?[/_-]?(x86_64|x86-64|amd64)([/_.-].*)?\\.so$");
  private static final Pattern FOREIGN =
      Pattern.compile("(?i).*(freebsd|mac|darwin|windows|android|musl).*");
  private static final List<String> X86_NAMES = List.of("x86_64", "x86-64", "amd64");
  private static final List<String> ARM_NAMES = List.of("aarch64", "arm64");

  @Test
  void everyLibraryForX86HasATwinForArmInTheSameJar() throws IOException {
    var lonely = new ArrayList<String>();
    var found = new ArrayList<String>();
    for (var jar : jars()) {
      var names = libraries(jar);
      for (var name : names) {
        if (LINUX_X86.matcher(name).matches()) {
          found.add(name);
          if (twins(name).noneMatch(names::contains)) {
            lonely.add(jar.getName() + "!/" + name);
          }
        }
      }
    }

    assertThat(found).anyMatch(name -> name.contains("secp256k1"));
    assertThat(found).anyMatch(name -> name.contains("sqlite"));
    assertThat(lonely).as("libraries without a twin for aarch64").isEmpty();
  }

  @Test
  void noLinuxLibraryHidesItsProcessorFromTheTestAbove() throws IOException {
    var unnamed = new ArrayList<String>();
    for (var jar : jars()) {
      libraries(jar).stream()
          .filter(name -> name.endsWith(".so") && !FOREIGN.matcher(name).matches())
          .filter(name -> !name.matches("(?i).*(x86|amd64|aarch64|arm|ppc64|riscv64|s390x).*"))
          .forEach(unnamed::add);
    }

    assertThat(unnamed).isEmpty();
  }

  private static Stream<String> twins(String name) {
    return X86_NAMES.stream()
        .filter(name::contains)
        .flatMap(x86 -> ARM_NAMES.stream().map(arm -> name.replace(x86, arm)));
  }

  private static List<String> libraries(File jar) throws IOException {
    try (var zip = new ZipFile(jar)) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.matches(".*\\.so(\\.[0-9.]+)?$"))
          .toList();
    }
  }

  private static List<File> jars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .map(File::new)
        .filter(File::exists)
        .toList();
  }
}
