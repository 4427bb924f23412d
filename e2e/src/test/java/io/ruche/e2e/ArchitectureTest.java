package io.ruche.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The one dependency rule of ARCHITECTURE.md: shells, adapters, engines, core; arrows point down
 * only.
 */
class ArchitectureTest {
  private static final Set<String> PURE =
      Set.of("core", "manifest", "certify", "scheduler", "worker");
  private static final Set<String> ADAPTERS =
      Set.of("chain", "store", "transfer", "sandbox", "link");
  private static final Set<String> SHELLS = Set.of("server", "agent", "sdk", "cli");

  private static final Set<String> SHELL_MAY = union(PURE, ADAPTERS);

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.ruche");

  /** What each part may use of Ruche, besides itself. */
  private static Map<String, Set<String>> allowed() {
    var allowed = new TreeMap<String, Set<String>>();
    allowed.put("core", Set.of());
    allowed.put("manifest", Set.of("core"));
    allowed.put("certify", Set.of("core"));
    allowed.put("scheduler", Set.of("core", "certify"));
    allowed.put("worker", Set.of("core"));
    ADAPTERS.forEach(adapter -> allowed.put(adapter, PURE));
    allowed.put("server", SHELL_MAY);
    allowed.put("agent", SHELL_MAY);
    allowed.put("sdk", SHELL_MAY);
    // It starts the other two shells as processes, by the command line that they name.
    allowed.put("cli", union(SHELL_MAY, Set.of("sdk", "agent", "server")));
    allowed.put("liar", Set.of("core", "agent"));
    allowed.put("testkit", PURE);
    allowed.put("sim", union(PURE, Set.of("testkit")));
    return allowed;
  }

  @Test
  void everyPartUsesOnlyWhatStandsBelowIt() {
    var all = union(SHELL_MAY, union(SHELLS, Set.of("testkit", "sim", "bench", "e2e")));
    allowed().forEach((part, below) -> {
      var forbidden = all.stream()
          .filter(other -> !other.equals(part) && !below.contains(other))
          .map(ArchitectureTest::packages)
          .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(packages(part))
          .should()
          .dependOnClassesThat(resideInAnyPackage(forbidden))
          .allowEmptyShould(true)
          .check(CLASSES);
    });
  }

  @Test
  void pureModulesDoNoInputOrOutput() {
    for (var part : PURE) {
      noClasses()
          .that()
          .resideInAPackage(packages(part))
          .should()
          .dependOnClassesThat(resideInAnyPackage(
                  "java.io..",
                  "java.nio.file..",
                  "java.nio.channels..",
                  "java.net..",
                  "java.sql..",
                  "java.lang.Thread..",
                  "java.util.concurrent..",
                  "org.slf4j..")
              .and(new NotAllowedInPure()))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void pureModulesReadNoClockAndNoUnseededChance() {
    for (var part : PURE) {
      noClasses()
          .that()
          .resideInAPackage(packages(part))
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(java.util.Random.class)
          .orShould()
          .callConstructor(java.security.SecureRandom.class)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
        .check(CLASSES);
    var packages = CLASSES.stream().map(c -> c.getPackageName()).distinct().toList();
    var marked = CLASSES.stream()
        .filter(c -> c.getSimpleName().equals("package-info"))
        .map(c -> c.getPackageName())
        .toList();
    assertThat(marked).containsAll(packages);
  }

  @Test
  void everyModuleOfTheBuildIsUnderARule() throws Exception {
    var pom = Files.readString(Path.of("../pom.xml"));
    var known = union(allowed().keySet(), Set.of("e2e", "bench"));
    var modules = pom.lines()
        .filter(line -> line.contains("<module>"))
        .map(line -> line.replaceAll("</?module>", "").strip())
        .toList();

    assertThat(known).containsAll(modules);
    assertThat(modules).isNotEmpty();
  }

  private static String packages(String part) {
    return "io.ruche." + part.replace("-", "") + "..";
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    return Stream.concat(first.stream(), second.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** In-memory streams and their exceptions are no input or output. */
  private static final class NotAllowedInPure extends DescribedPredicate<JavaClass> {
    private static final Set<String> IN_MEMORY = Set.of(
        "java.io.ByteArrayOutputStream",
        "java.io.IOException",
        "java.io.UncheckedIOException",
        "java.io.Serializable");

    NotAllowedInPure() {
      super("reach files, sockets, threads or logs");
    }

    @Override
    public boolean test(JavaClass type) {
      return !IN_MEMORY.contains(type.getName());
    }
  }
}
