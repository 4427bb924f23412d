package io.ruche.sandbox.oci;

import io.ruche.core.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A whole image of 1 KiB, made here so that a self-test needs neither compiler nor network: one
 * program of some 170 bytes that copies {@code /iexec_in/word} to {@code /iexec_out/word} and to
 * its output. Its source lies in {@code src/probe}.
 */
final class ProbeImage {
  private static final String AMD64 =
      "4883ec40bf9cffffff488d357a00000031d2b8010100000f0589c74889e6ba4000000031"
          + "c00f054989c4bf9cffffff488d3563000000ba4100000041baa4010000b8010100000f05"
          + "89c74889e64c89e2b8010000000f054989c5bf010000004889e64c89e2b8010000000f05"
          + "31ff4983fc01400f9cc74d39e50f95c04008c7b83c000000400fb6ff0f052f6965786563"
          + "5f696e2f776f7264002f69657865635f6f75742f776f726400";

  private static final String ARM64 =
      "ff0301d1600c809201040010020080d2080780d2010000d4e1030091020880d2e80780d2"
          + "010000d4f30300aa600c809221030070220880d2833480d2080780d2010000d4e1030091"
          + "e20313aa080880d2010000d4f40300aa200080d2e1030091e20313aa080880d2010000d4"
          + "7f0600f1e0a79f9a9f0213ebe1079f9a000001aaa80b80d2010000d42f69657865635f69"
          + "6e2f776f7264002f69657865635f6f75742f776f726400";

  private static final int ELF_HEADERS = 64 + 56;
  private static final long LOADED_AT = 0x400000;
  private static final int MACHINE_AMD64 = 62;
  private static final int MACHINE_ARM64 = 183;

  private ProbeImage() {}

  /** An OCI archive; empty for a processor that we have no program for. */
  static Optional<byte[]> archive(String architecture) {
    return switch (architecture) {
      case "amd64" -> Optional.of(archive(architecture, program(MACHINE_AMD64, AMD64)));
      case "arm64" -> Optional.of(archive(architecture, program(MACHINE_ARM64, ARM64)));
      default -> Optional.empty();
    };
  }

  /** An OCI archive of one layer with one program, which the image runs. */
  private static byte[] archive(String architecture, byte[] program) {
    var layer = new TarFile().add("probe", 0755, program).bytes();
    return archive(architecture, layer, "\"Entrypoint\":[\"/probe\"]");
  }

  /** An OCI archive of one layer; the settings are JSON fields of the image's configuration. */
  static byte[] archive(String architecture, byte[] layer, String settings) {
    var config = text("{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{%s},"
            .formatted(architecture, settings)
        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}".formatted(digest(layer)));
    var manifest = text("""
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "config":%s,"layers":[%s]}""".formatted(
            descriptor("application/vnd.oci.image.config.v1+json", config),
            descriptor("application/vnd.oci.image.layer.v1.tar", layer)));
    var index = text("{\"schemaVersion\":2,\"manifests\":[%s]}"
        .formatted(descriptor("application/vnd.oci.image.manifest.v1+json", manifest)));
    var forOldEngines = text("[{\"Config\":\"%s\",\"RepoTags\":null,\"Layers\":[\"%s\"]}]"
        .formatted(blob(config), blob(layer)));
    return new TarFile()
        .add("manifest.json", 0644, forOldEngines)
        .add("oci-layout", 0644, text("{\"imageLayoutVersion\":\"1.0.0\"}"))
        .add("index.json", 0644, index)
        .add(blob(layer), 0644, layer)
        .add(blob(config), 0644, config)
        .add(blob(manifest), 0644, manifest)
        .bytes();
  }

  /** Whether this is the checksum of the image for this machine. */
  static boolean is(Sha256 sha256) {
    return archive(ImageStore.architecture())
        .filter(archive -> sha256(archive).equals(sha256))
        .isPresent();
  }

  private static String descriptor(String type, byte[] content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest(content), content.length);
  }

  private static String blob(byte[] content) {
    return "blobs/" + digest(content).replace(':', '/');
  }

  private static String digest(byte[] content) {
    return "sha256:" + sha256(content).hex().substring(2);
  }

  static Sha256 sha256(byte[] content) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A static ELF program: one segment, read and executed, that holds headers and code. */
  private static byte[] program(int machine, String codeHex) {
    var code = HexFormat.of().parseHex(codeHex);
    long size = (long) ELF_HEADERS + code.length;
    return ByteBuffer.allocate(ELF_HEADERS + code.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})
        .putLong(0)
        .putShort((short) 2) // a program with a fixed address
        .putShort((short) machine)
        .putInt(1)
        .putLong(LOADED_AT + ELF_HEADERS) // where it starts
        .putLong(64) // program headers
        .putLong(0) // no section headers
        .putInt(0)
        .putShort((short) 64)
        .putShort((short) 56)
        .putShort((short) 1)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(1) // a segment to load
        .putInt(5) // read and execute
        .putLong(0)
        .putLong(LOADED_AT)
        .putLong(LOADED_AT)
        .putLong(size)
        .putLong(size)
        .putLong(0x1000)
        .put(code)
        .array();
  }
}
