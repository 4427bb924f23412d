package io.ruche.sandbox.gpu;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The GPUs of this machine.
 *
 * @param devices the files under {@code /dev} through which they are used
 */
public record Gpus(List<Gpu> list, List<Path> devices) {
  public static final Gpus NONE = new Gpus(List.of(), List.of());

  public Gpus {
    list = List.copyOf(list);
    devices = List.copyOf(devices);
  }

  /** Whether a run can be given one: a tool that sees it is not enough without its devices. */
  public boolean areUsable() {
    return !list.isEmpty() && !devices.isEmpty();
  }

  public boolean has(Gpu.Vendor vendor) {
    return list.stream().anyMatch(gpu -> gpu.vendor() == vendor);
  }

  @Override
  public String toString() {
    return list.isEmpty()
        ? "none"
        : list.stream()
            .map(gpu -> "%s (%d MiB)".formatted(gpu.name(), gpu.memoryMiB()))
            .collect(Collectors.joining(", "));
  }
}
