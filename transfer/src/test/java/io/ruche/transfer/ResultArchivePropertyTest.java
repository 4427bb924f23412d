package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.CallbackKind;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random folders survive the way through an archive. */
class ResultArchivePropertyTest {
  private static final OutputLimits LIMITS = new OutputLimits(1_000_000, 100);

  @Property(tries = 40)
  void unpackedArchiveIsTheFolder(@ForAll("folders") Map<String, byte[]> files) throws IOException {
    var home = Files.createTempDirectory("archive-property");
    try {
      var folder = write(home.resolve("out"), files);
      var zip = home.resolve("out.zip");

      pack(folder, zip);
      ResultArchive.unpack(zip, home.resolve("back"), LIMITS);

      assertThat(read(home.resolve("back"))).isEqualTo(read(folder));
      var digest = FolderDigest.ofFolder(folder, LIMITS, CallbackKind.NONE);
      assertThat(FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE)).isEqualTo(digest);
      byte[] bytes = Files.readAllBytes(zip);
      assertThat(FolderDigest.ofArchive(bytes, LIMITS, CallbackKind.NONE)).contains(digest);
      assertThat(FolderDigest.ofFolder(home.resolve("back"), LIMITS, CallbackKind.NONE))
          .isEqualTo(digest);
    } finally {
      DurableFiles.deleteTree(home);
    }
  }

  @Property(tries = 100)
  void damagedArchiveFailsCleanly(
      @ForAll("folders") Map<String, byte[]> files, @ForAll int at, @ForAll byte other)
      throws IOException {
    var home = Files.createTempDirectory("archive-property");
    try {
      var zip = home.resolve("out.zip");
      pack(write(home.resolve("out"), files), zip);
      byte[] bytes = Files.readAllBytes(zip);
      byte[] whole = bytes.clone();
      bytes[Math.floorMod(at, bytes.length)] = other;
      Files.write(zip, bytes);
      if (!Arrays.equals(bytes, whole)) {
        assertThat(inMemory(bytes, zip)).isTrue();
      }

      ResultArchive.unpack(zip, home.resolve("in/back"), LIMITS);
    } catch (RucheException e) {
      assertThat(e.code()).startsWith("ARCHIVE_");
      assertThat(home.resolve("in/back")).doesNotExist();
    } finally {
      DurableFiles.deleteTree(home);
    }
  }

  /** Whether it is left to the one who reads files, or has the digest that this one finds. */
  private static boolean inMemory(byte[] bytes, Path zip) {
    try {
      var seen = FolderDigest.ofArchive(bytes, LIMITS, CallbackKind.NONE);
      return seen.isEmpty()
          || seen.get().equals(FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE));
    } catch (RucheException e) {
      return e.code().equals("ARCHIVE_REFUSED");
    }
  }

  /** Up to 12 files, at most three folders deep; no file has the name of a folder. */
  @Provide
  Arbitrary<Map<String, byte[]>> folders() {
    var name = Arbitraries.strings()
        .withChars("aZ9 ._-%é?*~")
        .withChars('\u4e2d', '\uff5e')
        .ofMinLength(1)
        .ofMaxLength(8)
        .map(text -> "n" + text);
    var path = name.map(text -> text + ".f")
        .flatMap(file -> name.map(folder -> folder + ".d")
            .list()
            .ofMaxSize(3)
            .map(folders -> folders.isEmpty() ? file : String.join("/", folders) + "/" + file));
    var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
    return Arbitraries.maps(path, bytes).ofMaxSize(12);
  }

  private static void pack(Path folder, Path zip) throws IOException {
    try (var out = Files.newOutputStream(zip)) {
      ResultArchive.write(folder, LIMITS, out);
    }
  }

  private static Path write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.write(path, file.getValue());
    }
    return folder;
  }

  private static Map<String, String> read(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .collect(Collectors.toMap(
              file -> folder.relativize(file).toString(),
              ResultArchivePropertyTest::content,
              (a, b) -> a,
              TreeMap::new));
    }
  }

  private static String content(Path file) {
    try {
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
