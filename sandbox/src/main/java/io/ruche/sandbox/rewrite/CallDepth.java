package io.ruche.sandbox.rewrite;

/**
 * How deep calls may nest, measured alike on every engine: each frame weighs what its code asks
 * for, in slots of one value, and the weights on the stack may add up to {@link #MAX}. An engine's
 * stack must hold {@link #BYTES_PER_SLOT} for each slot, so that it never runs out first.
 */
public final class CallDepth {
  /** Slots of all frames together. */
  public static final int MAX = 1 << 17;

  /** What native code needs for a value that it keeps over a call: 8, and 16 for floats. */
  public static final int BYTES_PER_SLOT = 16;

  /** The stack that native code needs. */
  public static final int STACK_BYTES = MAX * BYTES_PER_SLOT;

  /** The return address, saved registers, and what engines keep beside the values. */
  static final int FRAME_SLOTS = 12;

  /** A function that calls no other and has no more instructions and locals is not weighed. */
  static final int FREE_LEAF_SIZE = 512;

  private CallDepth() {}

  static int weight(int locals, int operandHeight) {
    return Math.min(FRAME_SLOTS + locals + operandHeight, MAX + 1);
  }
}
