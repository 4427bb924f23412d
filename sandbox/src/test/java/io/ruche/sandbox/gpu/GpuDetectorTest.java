package io.ruche.sandbox.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.sandbox.gpu.Gpu.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that print what the vendors' real ones were seen to print. */
class GpuDetectorTest {
  private static final String NVIDIA = "NVIDIA H100 80GB HBM3, 81559\n";

  /** Of a machine with a card and a graphics core in its processor. */
  private static final String AMD = """
      device,VRAM Total Memory (B),VRAM Total Used Memory (B),Card Series,Card Model,Card Vendor
      card0,17163091968,692142080,Navi 21 [Radeon RX 6800/6800 XT / 6900 XT],0x73bf,AMD/ATI
      card1,67108864,26079232,Raphael,0x164e,AMD/ATI
      """;

  @TempDir
  Path folder;

  private Gpus detect(Path devices) throws InterruptedException {
    return new GpuDetector(folder.toString(), devices).find();
  }

  private void tool(String name, String script) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path devices(String... names) throws IOException {
    var devices = Files.createDirectories(folder.resolve("dev"));
    for (var name : names) {
      Files.createDirectories(devices.resolve(name).getParent());
      Files.createFile(devices.resolve(name));
    }
    return devices;
  }

  @Test
  void nvidiaCardsAreFoundWithTheirDevices() throws Exception {
    tool("nvidia-smi", "[ \"$#\" = 2 ] && echo '" + NVIDIA.strip() + "'");

    var gpus = detect(devices("nvidia0", "nvidiactl", "nvidia-uvm", "sda"));

    assertThat(gpus.list())
        .containsExactly(new Gpu(Vendor.NVIDIA, "NVIDIA H100 80GB HBM3", 81_559));
    assertThat(gpus.devices())
        .extracting(device -> device.getFileName().toString())
        .containsExactlyInAnyOrder("nvidia0", "nvidiactl", "nvidia-uvm");
    assertThat(gpus.areUsable()).isTrue();
  }

  @Test
  void amdCardsAreFoundByTheNamesOfTheColumns() throws Exception {
    tool("rocm-smi", "cat <<'END'\n" + AMD + "END\n");

    var gpus = detect(devices("kfd", "dri/renderD128", "dri/card0"));

    assertThat(gpus.list())
        .containsExactly(
            new Gpu(Vendor.AMD, "Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]", 16_368),
            new Gpu(Vendor.AMD, "Raphael", 64));
    assertThat(gpus.devices()).hasSize(2);
  }

  @Test
  void cardsWithoutDevicesCannotBeUsed() throws Exception {
    tool("nvidia-smi", "echo '" + NVIDIA.strip() + "'");

    assertThat(detect(devices()).areUsable()).isFalse();
  }

  @Test
  void toolsThatFailOrAreMissingNameNothing() throws Exception {
    tool("nvidia-smi", "echo 'NVIDIA-SMI has failed because it could not communicate'; exit 9");
    tool("rocm-smi", "echo 'No AMD GPUs specified'");

    assertThat(detect(devices("nvidia0", "kfd"))).isEqualTo(Gpus.NONE);
  }
}
