package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.OpCode;
import io.ruche.sandbox.rewrite.ModuleShape.Signature;
import java.util.List;

/** A block, loop, if, or the function itself, while its inside is read. */
final class Frame {
  final OpCode kind;
  final Signature type;

  /** The operand stack below its parameters. */
  final int height;

  /** Charged exactly when the frame is entered. */
  final Frame.Segment entry;

  /** Some path leaves it for a place outside, so what follows its end may not be reached. */
  boolean isEscaped;

  /** Some path comes to its end. */
  boolean isEndReached;

  boolean hasElse;

  Frame(OpCode kind, Signature type, int height, Frame.Segment entry) {
    this.kind = kind;
    this.type = type;
    this.height = height;
    this.entry = entry;
  }

  /** What a branch to this frame carries. */
  List<Byte> labelTypes() {
    return kind == OpCode.LOOP ? type.parameters() : type.results();
  }

  /**
   * Instructions that are executed equally often, so that one charge pays for all. A segment goes
   * on behind a frame that can only be left through its end.
   */
  static final class Segment {
    final boolean isChecked;
    long cost;

    Segment(boolean isChecked) {
      this.isChecked = isChecked;
    }
  }
}
