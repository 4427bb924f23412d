package io.ruche.sandbox.rewrite;

import java.util.Arrays;

/** The types of the values that the code has on its stack, and what is known of their bits. */
final class OperandStack {
  /** No NaN, or the canonical one. */
  static final byte NUMBER = 0;

  /** Bits that must stay as they are. */
  static final byte EXACT = 1;

  /** Fresh from arithmetic: if it is a NaN, its bits must not be shown. */
  static final byte DIRTY = 2;

  private byte[] types = new byte[16];
  private byte[] bits = new byte[16];
  private int height;
  private int maxHeight;

  int height() {
    return height;
  }

  int maxHeight() {
    return maxHeight;
  }

  void push(byte type, byte knowledge) {
    if (height == types.length) {
      types = Arrays.copyOf(types, 2 * height);
      bits = Arrays.copyOf(bits, 2 * height);
    }
    types[height] = type;
    bits[height++] = knowledge;
    maxHeight = Math.max(maxHeight, height);
  }

  void pop(int count) {
    height -= count;
    if (height < 0) {
      throw new IllegalStateException("the operand stack of a valid function is never empty");
    }
  }

  void cutTo(int newHeight) {
    pop(height - newHeight);
  }

  /** Counted from the top, which is 0. */
  byte type(int depth) {
    return types[height - 1 - depth];
  }

  byte bits(int depth) {
    return bits[height - 1 - depth];
  }

  void setBits(int depth, byte knowledge) {
    bits[height - 1 - depth] = knowledge;
  }
}
