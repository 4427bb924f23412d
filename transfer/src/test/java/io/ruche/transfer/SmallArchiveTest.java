package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.CallbackKind;
import io.ruche.core.ComputedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ResultArchivePropertyTest} does not reach: archives that strangers made. */
class SmallArchiveTest {
  private static final OutputLimits LIMITS = new OutputLimits(1_000, 3);

  @TempDir
  Path home;

  @Test
  void itsFilesRuleTheDigestAsThoseOfAFolderDo() throws IOException {
    var out = Files.createDirectory(home.resolve("out"));
    Files.writeString(out.resolve("result.txt"), "42");
    Files.writeString(
        out.resolve(ComputedFile.FILE_NAME),
        "{\"deterministic-output-path\": \"/iexec_out/result.txt\"}");
    var bytes = new ByteArrayOutputStream();
    ResultArchive.write(out, LIMITS, bytes);

    var summary = FolderDigest.ofArchive(bytes.toByteArray(), LIMITS, CallbackKind.NONE);

    assertThat(summary).contains(FolderDigest.ofFolder(out, LIMITS, CallbackKind.NONE));
    assertThat(summary.orElseThrow().isReferenceRule()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a/../x", "a\\x", "a\nb", "./x"})
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    byte[] zip = stored("ok", name);

    assertFails(TransferCode.ARCHIVE_REFUSED, () -> SmallArchive.read(zip, LIMITS));
  }

  @Test
  void fileThatIsAlsoAFolderIsRefused() throws IOException {
    byte[] zip = stored("a", "a/b");

    assertFails(TransferCode.ARCHIVE_REFUSED, () -> SmallArchive.read(zip, LIMITS));
  }

  /** Two readers may see different files there: one goes by the directory, one by what comes. */
  @Test
  void oneWhoseDirectoryTellsOtherwiseIsLeftToTheOtherReader() throws IOException {
    var text = new String(stored("name1"), StandardCharsets.ISO_8859_1);
    int inDirectory = text.lastIndexOf("name1");
    var other = text.substring(0, inDirectory) + "name2" + text.substring(inDirectory + 5);

    assertThat(SmallArchive.read(stored("name1"), LIMITS)).isPresent();
    assertThat(SmallArchive.read(other.getBytes(StandardCharsets.ISO_8859_1), LIMITS))
        .isEmpty();
  }

  @Test
  void doublesFoldersAndWhatIsPackedTightAreLeftToTheOtherReader() throws IOException {
    var twins =
        new String(stored("twin1", "twin2"), StandardCharsets.ISO_8859_1).replace("twin2", "twin1");

    assertThat(SmallArchive.read(twins.getBytes(StandardCharsets.ISO_8859_1), LIMITS))
        .isEmpty();
    assertThat(SmallArchive.read(stored("a/"), LIMITS)).isEmpty();
    assertThat(SmallArchive.read(deflated(), LIMITS)).isEmpty();
  }

  @Test
  void whatIsNoArchiveOrMoreThanOneIsLeftToTheOtherReader() throws IOException {
    byte[] zip = stored("a");
    byte[] longer = Arrays.copyOf(zip, zip.length + 1);

    assertThat(SmallArchive.read(new byte[0], LIMITS)).isEmpty();
    assertThat(SmallArchive.read(new byte[] {'P', 'K'}, LIMITS)).isEmpty();
    assertThat(SmallArchive.read(longer, LIMITS)).isEmpty();
  }

  @Test
  void limitsHold() throws IOException {
    assertThat(SmallArchive.read(stored("a", "b", "c"), LIMITS)).isPresent();
    assertThat(SmallArchive.read(stored("a", "b", "c", "d"), LIMITS)).isEmpty();
    assertThat(SmallArchive.read(stored("abc"), new OutputLimits(3, 1))).isPresent();
    assertThat(SmallArchive.read(stored("abc"), new OutputLimits(2, 1))).isEmpty();
  }

  /** Files whose content is their name, as {@link ResultArchive} stores them. */
  private static byte[] stored(String... names) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var name : names) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        var crc = new CRC32();
        crc.update(content);
        zip.putNextEntry(ResultArchive.entry(name, content.length, crc.getValue()));
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] deflated() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
      zip.write(new byte[100]);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
