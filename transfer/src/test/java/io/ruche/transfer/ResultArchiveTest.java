package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.CallbackKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultArchiveTest {
  private static final OutputLimits LIMITS = new OutputLimits(100_000, 10);

  @TempDir
  Path home;

  @Test
  void equalFoldersGiveEqualArchives() throws IOException {
    var first = folder("first", "b.txt", "a/c", "ä/😀");
    var second = folder("second", "ä/😀", "a/c", "b.txt");
    Files.createDirectory(second.resolve("empty"));
    Files.setLastModifiedTime(second.resolve("b.txt"), FileTime.fromMillis(0));

    var zone = TimeZone.getDefault();
    byte[] expected = zipped(first);
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(zipped(second)).isEqualTo(expected);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void archiveBytesNeverChange() throws IOException {
    assertThat(Cid.of(zipped(folder("known", "b.txt", "a/c", "ä/😀"))))
        .hasToString("bafkreigrk6loo6q7b75j57d63ul4isgcj7pj4hes2dwykntej47ysytsva");
  }

  @Test
  void entriesAreStoredInByteOrderWithoutFolders() throws IOException {
    var zip = home.resolve("r.zip");
    ResultArchive.write(folder("out", "b", "a/x", "a.b", "Z"), LIMITS, zip);

    try (var file = new ZipFile(zip.toFile())) {
      assertThat(file.stream().map(ZipEntry::getName)).containsExactly("Z", "a.b", "a/x", "b");
      assertThat(file.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
    }
    assertThat(home.resolve("r.zip.part")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/x", "a/../x", "a/./x", "a//x", "..", "a\\x", "C:\\x", "a\nb", "", "./x"})
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    var zip = archive("ok", name);

    assertRefused(TransferCode.ARCHIVE_REFUSED, zip);
  }

  @Test
  void fileThatIsAlsoAFolderIsRefused() throws IOException {
    assertRefused(TransferCode.ARCHIVE_REFUSED, archive("a/b", "a"));
  }

  @Test
  void doubleNameIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(archive("twin1", "twin2"));
    var text = new String(bytes, StandardCharsets.ISO_8859_1).replace("twin2", "twin1");
    var zip = Files.write(home.resolve("double.zip"), text.getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(TransferCode.ARCHIVE_REFUSED, zip);
  }

  @Test
  void tooManyFilesAreRefused() throws IOException {
    assertRefused(
        TransferCode.ARCHIVE_TOO_LARGE,
        archive("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"));
  }

  @Test
  void bombIsCutWhateverItsHeadersSay() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("bomb"));
      zip.write(new byte[200_000]);
    }

    assertRefused(
        TransferCode.ARCHIVE_TOO_LARGE, Files.write(home.resolve("bomb.zip"), out.toByteArray()));
  }

  @Test
  void filesThatTogetherAreTooLargeAreRefused() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var name : new String[] {"first", "second"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[60_000]);
      }
    }

    assertRefused(
        TransferCode.ARCHIVE_TOO_LARGE, Files.write(home.resolve("two.zip"), out.toByteArray()));
  }

  @Test
  void hugeDirectoryIsRefusedUnread() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var many = new ZipOutputStream(out)) {
      for (int i = 0; i < 2_000; i++) {
        many.putNextEntry(new ZipEntry("file-with-a-long-name-" + i));
      }
    }

    var zip = Files.write(home.resolve("many.zip"), out.toByteArray());

    var error = assertFails(
        TransferCode.ARCHIVE_TOO_LARGE,
        () -> FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE));
    assertThat(error).hasMessageContaining("found a directory of");
  }

  @Test
  void damagedArchivesFailCleanly() throws IOException {
    byte[] bytes = Files.readAllBytes(archive("a", "b/c"));
    for (int cut = 0; cut < bytes.length; cut++) {
      var zip = Files.write(home.resolve("cut.zip"), java.util.Arrays.copyOf(bytes, cut));
      assertFails(
          TransferCode.ARCHIVE_REFUSED,
          () -> FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE));
    }
  }

  @Test
  void unpackingOverSomethingIsRefused() throws IOException {
    var zip = archive("a");
    var target = Files.createDirectory(home.resolve("there"));

    assertFails(TransferCode.ARCHIVE_REFUSED, () -> ResultArchive.unpack(zip, target, LIMITS));
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void foreignArchiveWithFoldersUnpacks() throws IOException {
    ResultArchive.unpack(archive("d/", "d/x"), home.resolve("target"), LIMITS);

    assertThat(home.resolve("target/d/x")).hasContent("d/x");
  }

  @Test
  void refusedFolderLeavesNoArchive() throws IOException {
    var zip = home.resolve("r.zip");
    var folder = folder("links", "a");
    Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));

    assertFails(TransferCode.INVALID_OUTPUT, () -> ResultArchive.write(folder, LIMITS, zip));

    assertThat(zip).doesNotExist();
    assertThat(home.resolve("r.zip.part")).doesNotExist();
  }

  private void assertRefused(TransferCode code, Path zip) throws IOException {
    var target = home.resolve("inside/target");
    Files.createDirectories(home.resolve("inside"));

    assertFails(code, () -> FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE));
    assertFails(code, () -> ResultArchive.unpack(zip, target, LIMITS));

    assertThat(target).doesNotExist();
    assertThat(home.resolve("inside")).isEmptyDirectory();
    assertThat(home.resolve("x")).doesNotExist();
  }

  private byte[] zipped(Path folder) throws IOException {
    var out = new ByteArrayOutputStream();
    ResultArchive.write(folder, LIMITS, out);
    return out.toByteArray();
  }

  /** A folder with these files, each holding its own path. */
  private Path folder(String name, String... paths) throws IOException {
    var folder = Files.createDirectory(home.resolve(name));
    for (String path : paths) {
      var file = folder.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, path);
    }
    return folder;
  }

  /** A zip of another maker with these names, each entry holding its own name. */
  private Path archive(String... names) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(name.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return Files.write(home.resolve("foreign.zip"), out.toByteArray());
  }
}
