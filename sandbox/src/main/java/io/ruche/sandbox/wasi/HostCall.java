package io.ruche.sandbox.wasi;

/**
 * One function that a guest may import.
 *
 * @param parameters one letter each: {@code i} for i32, {@code I} for i64
 * @param hasResult whether it answers an i32; if not, it never returns
 */
public record HostCall(
    String module, String name, String parameters, boolean hasResult, Body body) {
  /** Runs on the guest's thread. Throws {@link GuestTrap} or {@link GuestStop} to end the run. */
  public interface Body {
    int apply(LinearMemory memory, long[] arguments);
  }
}
