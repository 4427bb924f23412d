package io.ruche.sandbox.nativeapp;

import io.ruche.sandbox.nativeapp.SystemCalls.Architecture;
import io.ruche.sandbox.nativeapp.SystemCalls.Errors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles a seccomp filter as the kernel takes it (classic BPF): calls of another architecture
 * kill the run, those of {@link SystemCalls} are refused, a few are refused for some arguments, all
 * others pass.
 */
final class SeccompFilter {
  /** New mount, cgroup, uts, ipc, user, pid and network namespaces. */
  static final int NAMESPACE_FLAGS = 0x7e020000;

  /** Types characters into a terminal, and talks to the console. */
  static final List<Integer> TERMINAL_IOCTLS = List.of(0x5412, 0x541c);

  /** Unix, IPv4, IPv6, netlink; the others reach the host around the network namespace. */
  static final List<Integer> SOCKET_FAMILIES = List.of(1, 2, 10, 16);

  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int KILL_PROCESS = 0x80000000;
  private static final int REFUSE = 0x00050000;
  private static final int ALLOW = 0x7fff0000;

  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;
  private static final int ARGUMENT_BYTES = 8;

  /** Calls from here on belong to the x32 variant of x86-64. */
  private static final int X32_CALLS = 0x40000000;

  /** Would hide open files from the worker, which counts those that were deleted. */
  private static final int SET_DUMPABLE = 4;

  private static final int PERSONALITY_QUERY = 0xffffffff;

  private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  private final List<Instruction> instructions = new ArrayList<>();

  private SeccompFilter() {}

  /**
   * The bytes for {@code bwrap --seccomp}.
   *
   * @param isMemoryGrouped whether a group counts all memory of the run, so that shared memory may
   *     be allowed
   */
  static byte[] of(Architecture architecture, boolean isMemoryGrouped) {
    var filter = new SeccompFilter();
    filter.requireArchitecture(architecture);
    for (var call : SystemCalls.values()) {
      if (!(isMemoryGrouped && call.isMemoryOnly())) {
        call.numberOn(architecture).ifPresent(number -> filter.refuse(number, call.error()));
      }
    }
    filter.checkArguments(architecture);
    filter.add(RETURN, ALLOW);
    return filter.bytes();
  }

  private void requireArchitecture(Architecture architecture) {
    add(LOAD_WORD, ARCHITECTURE);
    jump(JUMP_EQUAL, architecture.audit, 1, 0);
    add(RETURN, KILL_PROCESS);
    add(LOAD_WORD, NUMBER);
    if (architecture == Architecture.X86_64) {
      jump(JUMP_AT_LEAST, X32_CALLS, 0, 1);
      add(RETURN, KILL_PROCESS);
    }
  }

  private void refuse(int number, int error) {
    jump(JUMP_EQUAL, number, 0, 1);
    add(RETURN, REFUSE | error);
  }

  private void checkArguments(Architecture architecture) {
    jump(JUMP_EQUAL, architecture.clone, 0, 4);
    add(LOAD_WORD, FIRST_ARGUMENT);
    jump(JUMP_ANY_BIT, NAMESPACE_FLAGS, 0, 1);
    add(RETURN, REFUSE | Errors.EPERM);
    add(RETURN, ALLOW);

    jump(JUMP_EQUAL, architecture.personality, 0, 5);
    add(LOAD_WORD, FIRST_ARGUMENT);
    jump(JUMP_EQUAL, 0, 2, 0);
    jump(JUMP_EQUAL, PERSONALITY_QUERY, 1, 0);
    add(RETURN, REFUSE | Errors.EPERM);
    add(RETURN, ALLOW);

    jump(JUMP_EQUAL, architecture.prctl, 0, 4);
    add(LOAD_WORD, FIRST_ARGUMENT);
    jump(JUMP_EQUAL, SET_DUMPABLE, 0, 1);
    add(RETURN, REFUSE | Errors.EPERM);
    add(RETURN, ALLOW);

    int ioctls = TERMINAL_IOCTLS.size();
    jump(JUMP_EQUAL, architecture.ioctl, 0, 3 + 2 * ioctls - 1);
    add(LOAD_WORD, FIRST_ARGUMENT + ARGUMENT_BYTES);
    TERMINAL_IOCTLS.forEach(command -> refuse(command, Errors.EPERM));
    add(RETURN, ALLOW);

    int families = SOCKET_FAMILIES.size();
    jump(JUMP_EQUAL, architecture.socket, 0, 3 + families);
    add(LOAD_WORD, FIRST_ARGUMENT);
    for (int i = 0; i < families; i++) {
      jump(JUMP_EQUAL, SOCKET_FAMILIES.get(i), families - i, 0);
    }
    add(RETURN, REFUSE | Errors.EAFNOSUPPORT);
    add(RETURN, ALLOW);
  }

  private void add(int code, int operand) {
    instructions.add(new Instruction(code, 0, 0, operand));
  }

  private void jump(int code, int operand, int ifTrue, int ifFalse) {
    instructions.add(new Instruction(code, ifTrue, ifFalse, operand));
  }

  private byte[] bytes() {
    var buffer = ByteBuffer.allocate(8 * instructions.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (var instruction : instructions) {
      buffer
          .putShort((short) instruction.code())
          .put((byte) instruction.ifTrue())
          .put((byte) instruction.ifFalse())
          .putInt(instruction.operand());
    }
    return buffer.array();
  }
}
