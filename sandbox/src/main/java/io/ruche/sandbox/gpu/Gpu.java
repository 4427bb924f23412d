package io.ruche.sandbox.gpu;

/** One GPU, as its vendor's tool describes it. */
public record Gpu(Vendor vendor, String name, long memoryMiB) {
  /** Whose driver and tool it needs. */
  public enum Vendor {
    NVIDIA,
    AMD
  }
}
