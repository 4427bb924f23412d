package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import io.ruche.sandbox.rewrite.Frame.Segment;
import io.ruche.sandbox.rewrite.ModuleShape.Signature;
import java.util.ArrayList;
import java.util.List;

/** The frames around the instruction that is read, and the segment that pays for it. */
final class Control {
  private final ModuleShape module;
  private final OperandStack stack;
  private final CodeBuffer code;
  private final Floats floats;
  private final List<Frame> frames = new ArrayList<>();
  private Segment segment = new Segment(false);

  /** The code that follows cannot be reached; it is left out up to the end of its frame. */
  private boolean isDead;

  /** Frames that were opened in dead code. */
  private int deadFrames;

  Control(ModuleShape module, OperandStack stack, CodeBuffer code, Floats floats) {
    this.module = module;
    this.stack = stack;
    this.code = code;
    this.floats = floats;
  }

  void pay(long cost) {
    segment.cost += cost;
  }

  /** A block around all, so that every way out leads through one end. */
  void openFunction(Signature type, boolean isChecked) throws UnsupportedModule {
    code.loadFuel();
    segment = code.begin(isChecked);
    code.out.op(OpCode.BLOCK);
    writeResultType(type.results());
    frames.add(new Frame(OpCode.BLOCK, new Signature(List.of(), type.results()), 0, segment));
  }

  private void writeResultType(List<Byte> results) {
    switch (results.size()) {
      case 0 -> code.out.octet(ValueTypes.NO_VALUE);
      case 1 -> code.out.octet(results.getFirst());
      default -> code.out.signed(module.indexOf(new Signature(List.of(), results)));
    }
  }

  /** Whether the instruction cannot be reached and is left out. */
  boolean skips(OpCode opcode) {
    if (!isDead) {
      return false;
    }
    return switch (opcode) {
      case BLOCK, LOOP, IF -> {
        deadFrames++;
        yield true;
      }
      case END -> {
        deadFrames--;
        yield deadFrames >= 0;
      }
      case ELSE -> deadFrames > 0;
      default -> true;
    };
  }

  private void die() {
    isDead = true;
    deadFrames = 0;
  }

  void open(Instruction instruction) throws UnsupportedModule {
    var opcode = instruction.opcode();
    var type = blockType(instruction.operand(0));
    if (opcode == OpCode.IF) {
      floats.exposeBelow(1, type.parameters().size());
      stack.pop(1);
    } else {
      floats.expose(type.parameters().size());
    }
    stack.pop(type.parameters().size());
    frames.add(new Frame(opcode, type, stack.height(), segment));
    type.parameters().forEach(each -> stack.push(each, OperandStack.EXACT));
    Instructions.write(instruction, code.out);
    if (opcode != OpCode.BLOCK) {
      segment = code.begin(opcode == OpCode.LOOP);
    }
  }

  private Signature blockType(long operand) throws UnsupportedModule {
    if (operand == ValueTypes.NO_VALUE) {
      return new Signature(List.of(), List.of());
    }
    if (Instructions.isValueType(operand)) {
      return new Signature(List.of(), List.of(ValueTypes.of(operand)));
    }
    return module.type(Math.toIntExact(operand));
  }

  /** Between the two parts of an if. */
  void otherwise() {
    var frame = frames.getLast();
    fallOutOf(frame);
    frame.hasElse = true;
    stack.cutTo(frame.height);
    frame.type.parameters().forEach(each -> stack.push(each, OperandStack.EXACT));
    code.out.op(OpCode.ELSE);
    segment = code.begin(false);
    isDead = false;
  }

  private void fallOutOf(Frame frame) {
    if (!isDead) {
      floats.expose(frame.type.results().size());
      frame.isEndReached = true;
    }
  }

  void close() {
    var frame = frames.removeLast();
    fallOutOf(frame);
    stack.cutTo(frame.height);
    frame.type.results().forEach(each -> stack.push(each, OperandStack.EXACT));
    code.out.op(OpCode.END);
    if (frames.isEmpty()) {
      code.storeFuel();
      code.out.op(OpCode.END);
    } else if (frame.isEndReached || (frame.kind == OpCode.IF && !frame.hasElse)) {
      isDead = false;
      segment = frame.isEscaped ? code.begin(false) : frame.entry;
    } else {
      code.out.op(OpCode.UNREACHABLE);
      die();
    }
  }

  void branch(Instruction instruction) throws UnsupportedModule {
    boolean isAlways = instruction.opcode() == OpCode.BR;
    int last = instruction.operandCount() - 1;
    int above = isAlways ? 0 : 1;
    floats.exposeBelow(above, target(instruction.operand(last)).labelTypes().size());
    stack.pop(above);
    Instructions.write(instruction, code.out);
    for (int i = 0; i <= last; i++) {
      jumpTo(instruction.operand(i));
    }
    if (instruction.opcode() == OpCode.BR_IF) {
      segment = code.begin(false);
    } else {
      die();
    }
  }

  private Frame target(long depth) {
    return frames.get(frames.size() - 1 - Math.toIntExact(depth));
  }

  private void jumpTo(long depth) {
    for (int inner = 0; inner < depth; inner++) {
      target(inner).isEscaped = true;
    }
    if (target(depth).kind != OpCode.LOOP) {
      target(depth).isEndReached = true;
    }
  }

  void leave() {
    int depth = frames.size() - 1;
    floats.expose(frames.getFirst().type.results().size());
    code.out.op(OpCode.BR, depth);
    jumpTo(depth);
    die();
  }

  void trap() {
    code.storeFuel();
    code.out.op(OpCode.UNREACHABLE);
    die();
  }
}
