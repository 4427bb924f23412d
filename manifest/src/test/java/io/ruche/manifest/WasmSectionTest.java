package io.ruche.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WasmSectionTest {
  /** One type section, then a custom section named x. */
  private static final byte[] MODULE =
      Hex.decode("0x0061736d01000000" + "010401600000" + "00020178");

  @Test
  void manifestIsReadBackByteForByte() {
    byte[] manifest = Samples.bytes("chess");

    var module = WasmSection.add(MODULE, manifest);

    assertThat(WasmSection.read(module))
        .hasValueSatisfying(found -> assertThat(found).isEqualTo(manifest));
    assertThat(Arrays.copyOf(module, MODULE.length)).isEqualTo(MODULE);
    assertThat(Manifest.ofModule(module)).map(Manifest::name).contains("chess");
  }

  @Test
  void sectionIsTheKnownBytes() {
    assertThat(Hex.encode(WasmSection.add(MODULE, new byte[] {'{', '}'})))
        .isEqualTo(Hex.encode(MODULE) + "0011" + "0e" + "72756368652e6d616e6966657374" + "7b7d");
  }

  @Test
  void moduleWithoutManifestHasNone() {
    assertThat(WasmSection.read(MODULE)).isEmpty();
  }

  @Test
  void secondManifestIsRefused() {
    var module = WasmSection.add(MODULE, new byte[] {1});
    byte[] section = Arrays.copyOfRange(module, MODULE.length, module.length);
    byte[] twice = Arrays.copyOf(module, module.length + section.length);
    System.arraycopy(section, 0, twice, module.length, section.length);

    assertThatThrownBy(() -> WasmSection.add(module, new byte[] {2}))
        .hasMessageContaining("already");
    assertThatThrownBy(() -> WasmSection.read(twice)).hasMessageContaining("found two");
  }

  @Test
  void tooLargeManifestIsRefused() {
    assertThatThrownBy(() -> WasmSection.add(MODULE, new byte[Manifest.MAX_BYTES + 1]))
        .hasMessageContaining("at most 65536 bytes, found 65537");
    assertThat(WasmSection.read(WasmSection.add(MODULE, new byte[Manifest.MAX_BYTES])))
        .isPresent();
  }

  @Test
  void otherFilesAreRefused() {
    assertThatThrownBy(() -> WasmSection.read("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("expected a WASM module");
    assertThatThrownBy(() -> WasmSection.read(Hex.decode("0x0061736d0d000100")))
        .hasMessageContaining("expected a WASM module");
  }

  @Property(tries = 300)
  void cutModulesFailCleanly(@ForAll @IntRange(max = 60) int length) {
    var module = WasmSection.add(MODULE, new byte[20]);
    byte[] cut = Arrays.copyOf(module, Math.min(length, module.length - 1));

    try {
      assertThat(WasmSection.read(cut)).isEmpty();
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching(".*(malformed|expected a WASM).*");
    }
  }

  @Property(tries = 500)
  void garbageFailsCleanly(@ForAll @Size(max = 60) byte[] garbage) {
    byte[] module = Arrays.copyOf(MODULE, 8 + garbage.length);
    System.arraycopy(garbage, 0, module, 8, garbage.length);

    try {
      WasmSection.read(module);
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageContaining("malformed");
    }
  }
}
