package io.ruche.sandbox.runner;

import java.util.List;
import java.util.Random;

/**
 * Writes the body of one function, valid by construction: an expression of each type is made of
 * smaller ones. Most of what could trap is tamed, so that runs get somewhere; the rest traps.
 */
final class RandomCode {
  static final int I32 = 0x7f;
  static final int I64 = 0x7e;
  static final int F32 = 0x7d;
  static final int F64 = 0x7c;
  static final List<Integer> TYPES = List.of(I32, I64, F32, F64);

  /** Locals behind the parameters: two of each type, then counters of loops. */
  static final int LOCALS_PER_TYPE = 2;

  static final int COUNTERS = 3;
  static final int GLOBALS_PER_TYPE = 2;
  private static final int NO_VALUE = 0x40;
  private static final int ADDRESS_MASK = 0xff8;
  private static final int MAX_DEPTH = 4;
  private static final int[] INTS = {
    0, 1, -1, 2, 7, 31, 32, 63, 64, 255, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE
  };
  private static final long[] SINGLES = {
    0,
    0x80000000L,
    0x3f800000L,
    0xbf800000L,
    0x7f800000L,
    0xff800000L,
    0x7fc00000L,
    0xffc00000L,
    0x7fa00001L,
    0xff812345L,
    1,
    0x00800000L,
    0x4f000000L,
    0x5f000000L,
    0x3eaaaaabL
  };
  private static final long[] DOUBLES = {
    0,
    0x8000000000000000L,
    0x3ff0000000000000L,
    0xbff0000000000000L,
    0x7ff0000000000000L,
    0xfff0000000000000L,
    0x7ff8000000000000L,
    0xfff8000000000000L,
    0x7ff4000000000001L,
    0xfff0000000abcdefL,
    1,
    0x0010000000000000L,
    0x41e0000000000000L,
    0x43e0000000000000L,
    0x3fd5555555555555L
  };

  /** What may be called: its parameters and its result, in the order of its number. */
  record Callee(int number, List<Integer> parameters, int result) {}

  private final Random random;
  private final List<Integer> parameters;
  private final List<Callee> callees;
  private final Bytes out = new Bytes();
  private int loops;

  RandomCode(Random random, List<Integer> parameters, List<Callee> callees) {
    this.random = random;
    this.parameters = parameters;
    this.callees = callees;
  }

  /** The entry of the code section. */
  byte[] function(int result, int statements) {
    for (int i = 0; i < statements; i++) {
      statement(MAX_DEPTH);
    }
    expression(result, MAX_DEPTH);
    out.octets(0x0b);
    var whole = new Bytes().unsigned(TYPES.size() + 1L);
    TYPES.forEach(type -> whole.unsigned(LOCALS_PER_TYPE).octets(type));
    whole.unsigned(COUNTERS).octets(I32).raw(out.toBytes());
    return new Bytes().unsigned(whole.size()).raw(whole.toBytes()).toBytes();
  }

  private int type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  private boolean rarely() {
    return random.nextInt(60) == 0;
  }

  private int local(int type) {
    int parameter = random.nextInt(parameters.size() + 1);
    if (parameter < parameters.size() && parameters.get(parameter) == type) {
      return parameter;
    }
    int kind = TYPES.indexOf(type);
    return parameters.size() + kind * LOCALS_PER_TYPE + random.nextInt(LOCALS_PER_TYPE);
  }

  private int global(int type) {
    return TYPES.indexOf(type) * GLOBALS_PER_TYPE + random.nextInt(GLOBALS_PER_TYPE);
  }

  private void statement(int depth) {
    int type = type();
    switch (random.nextInt(depth > 0 ? 11 : 4)) {
      case 0, 1 -> {
        expression(type, depth - 1);
        out.octets(0x21).unsigned(local(type));
      }
      case 2 -> {
        expression(type, depth - 1);
        out.octets(0x24).unsigned(global(type));
      }
      case 3 -> store(depth);
      case 4 -> {
        expression(I32, depth - 1);
        out.octets(0x04, NO_VALUE);
        statement(depth - 1);
        out.octets(0x05);
        statement(depth - 1);
        out.octets(0x0b);
      }
      case 5, 6 -> loop(depth);
      case 7 -> escape(depth);
      case 8 -> range(depth);
      case 9 -> call(depth);
      default -> {
        if (rarely()) {
          out.octets(random.nextBoolean() ? 0x00 : 0x01);
        } else {
          statement(depth - 1);
        }
      }
    }
  }

  /** Some statements a few times. */
  private void loop(int depth) {
    if (loops == COUNTERS) {
      return;
    }
    int counter = parameters.size() + TYPES.size() * LOCALS_PER_TYPE + loops++;
    out.octets(0x41).signed(1 + random.nextInt(20)).octets(0x21).unsigned(counter);
    out.octets(0x03, NO_VALUE);
    statement(depth - 1);
    statement(depth - 1);
    out.octets(0x20).unsigned(counter).octets(0x41).signed(-1).octets(0x6a);
    out.octets(0x22).unsigned(counter).octets(0x0d, 0x00, 0x0b);
    loops--;
  }

  /** Nested blocks that are left for one of them. */
  private void escape(int depth) {
    out.octets(0x02, NO_VALUE, 0x02, NO_VALUE, 0x02, NO_VALUE);
    statement(depth - 1);
    expression(I32, depth - 1);
    if (random.nextBoolean()) {
      out.octets(0x0d).unsigned(random.nextInt(3));
      statement(depth - 1);
    } else {
      out.octets(0x0e, 0x02, 0x00, 0x01, 0x02);
    }
    out.octets(0x0b);
    statement(depth - 1);
    out.octets(0x0b, 0x0b);
  }

  private void range(int depth) {
    address(depth);
    if (random.nextBoolean()) {
      expression(I32, depth - 1);
    } else {
      address(depth);
    }
    out.octets(0x41).signed(random.nextInt(200));
    if (random.nextBoolean()) {
      out.octets(0xfc, 0x0b, 0x00);
    } else {
      out.octets(0xfc, 0x0a, 0x00, 0x00);
    }
  }

  private void store(int depth) {
    int type = type();
    address(depth);
    expression(type, depth - 1);
    int[] codes = switch (type) {
      case I32 -> new int[] {0x36, 0x3a, 0x3b};
      case I64 -> new int[] {0x37, 0x3c, 0x3d, 0x3e};
      case F32 -> new int[] {0x38};
      default -> new int[] {0x39};
    };
    int code = codes[random.nextInt(codes.length)];
    int offset = random.nextInt(16);
    out.octets(code, 0x00).unsigned(offset);
    if (type == F32 || type == F64) {
      row(type, offset);
    }
  }

  /**
   * More stores of floats that overlap, up to seven. Draws nothing, so that a seed that once found
   * a defect goes on finding it.
   */
  private void row(int type, int count) {
    int local = parameters.size() + TYPES.indexOf(type) * LOCALS_PER_TYPE;
    for (int i = count; i < 8; i++) {
      out.octets(0x41).signed(256 + 6L * i).octets(0x20).unsigned(local);
      out.octets(0x20).unsigned(local + (i & 1));
      out.octets(type == F32 ? 0x92 + (i & 3) : 0xa0 + (i & 3), type == F32 ? 0x38 : 0x39, 0, 0);
    }
  }

  private void call(int depth) {
    if (callees.isEmpty()) {
      return;
    }
    var callee = callees.get(random.nextInt(callees.size()));
    callee.parameters().forEach(type -> expression(type, depth - 1));
    if (random.nextInt(3) == 0) {
      out.octets(0x41).signed(callee.number() - RandomModule.IMPORTS);
      out.octets(0x11).unsigned(RandomModule.typeOf(callee.number())).octets(0x00);
    } else {
      out.octets(0x10).unsigned(callee.number());
    }
    out.octets(0x21).unsigned(local(callee.result()));
  }

  /** Inside the first page, unless it goes wrong. */
  private void address(int depth) {
    expression(I32, Math.min(1, depth - 1));
    if (!rarely()) {
      out.octets(0x41).signed(ADDRESS_MASK).octets(0x71);
    }
  }

  private void expression(int type, int depth) {
    if (depth <= 0) {
      leaf(type);
      return;
    }
    switch (random.nextInt(12)) {
      case 0 -> leaf(type);
      case 1, 2, 3 -> binary(type, depth);
      case 4 -> {
        expression(type, depth - 1);
        out.octets(pick(unary(type)));
      }
      case 5, 6 -> convert(type, depth);
      case 7 -> load(type, depth);
      case 8 -> {
        expression(type, depth - 1);
        expression(type, depth - 1);
        expression(I32, depth - 1);
        out.octets(0x1b);
      }
      case 9 -> {
        expression(I32, depth - 1);
        out.octets(0x04, type);
        expression(type, depth - 1);
        out.octets(0x05);
        expression(type, depth - 1);
        out.octets(0x0b);
      }
      case 10 -> {
        expression(type, depth - 1);
        out.octets(0x22).unsigned(local(type));
      }
      default -> {
        out.octets(0x02, type);
        expression(type, depth - 1);
        expression(I32, depth - 1);
        out.octets(0x0d, 0x00, 0x1a);
        expression(type, depth - 1);
        out.octets(0x0b);
      }
    }
  }

  private void leaf(int type) {
    switch (random.nextInt(3)) {
      case 0 -> out.octets(0x20).unsigned(local(type));
      case 1 -> out.octets(0x23).unsigned(global(type));
      default -> constant(type);
    }
  }

  private void constant(int type) {
    switch (type) {
      case I32 -> out.octets(0x41).signed(pick(INTS));
      case I64 -> out.octets(0x42).signed(random.nextBoolean() ? pick(INTS) : random.nextLong());
      case F32 -> out.octets(0x43).littleEndian(SINGLES[random.nextInt(SINGLES.length)], 4);
      default -> out.octets(0x44).littleEndian(DOUBLES[random.nextInt(DOUBLES.length)], 8);
    }
  }

  private int pick(int... from) {
    return from[random.nextInt(from.length)];
  }

  private static int[] unary(int type) {
    return switch (type) {
      case I32 -> new int[] {0x67, 0x68, 0x69, 0xc0, 0xc1, 0x45};
      case I64 -> new int[] {0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4};
      case F32 -> new int[] {0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x91};
      default -> new int[] {0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f};
    };
  }

  private void binary(int type, int depth) {
    if (type == I32 && random.nextInt(3) == 0) {
      int compared = type();
      expression(compared, depth - 1);
      expression(compared, depth - 1);
      out.octets(
          switch (compared) {
            case I32 -> 0x46 + random.nextInt(10);
            case I64 -> 0x51 + random.nextInt(10);
            case F32 -> 0x5b + random.nextInt(6);
            default -> 0x61 + random.nextInt(6);
          });
      return;
    }
    expression(type, depth - 1);
    expression(type, depth - 1);
    switch (type) {
      case I32 -> whole(0x6a, 0x41, 0x72);
      case I64 -> whole(0x7c, 0x42, 0x84);
      case F32 -> out.octets(0x92 + random.nextInt(7));
      default -> out.octets(0xa0 + random.nextInt(7));
    }
  }

  /** Divisors are mostly odd. */
  private void whole(int first, int constant, int or) {
    int which = random.nextInt(15);
    if (which >= 3 && which <= 6 && !rarely()) {
      out.octets(constant).signed(1).octets(or);
    }
    out.octets(first + which);
  }

  private void load(int type, int depth) {
    address(depth);
    int code = switch (type) {
      case I32 -> pick(0x28, 0x2c, 0x2d, 0x2e, 0x2f);
      case I64 -> pick(0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35);
      case F32 -> 0x2a;
      default -> 0x2b;
    };
    out.octets(code, 0x00).unsigned(random.nextInt(16));
  }

  private void convert(int type, int depth) {
    int from = TYPES.get((TYPES.indexOf(type) + 1 + random.nextInt(3)) % TYPES.size());
    expression(from, depth - 1);
    boolean isUnsigned = random.nextBoolean();
    int plus = isUnsigned ? 1 : 0;
    switch (type) {
      case I32 -> toWhole(from, 0xa8, 0, 0xbc, F32, 0xa7);
      case I64 -> toWhole(from, 0xae, 4, 0xbd, F64, 0xac + plus);
      case F32 ->
        out.octets(
            switch (from) {
              case I32 -> random.nextBoolean() ? 0xbe : 0xb2 + plus;
              case I64 -> 0xb4 + plus;
              default -> 0xb6;
            });
      default ->
        out.octets(
            switch (from) {
              case I32 -> 0xb7 + plus;
              case I64 -> random.nextBoolean() ? 0xbf : 0xb9 + plus;
              default -> 0xbb;
            });
    }
  }

  private void toWhole(int from, int trapping, int saturating, int bits, int bitsFrom, int other) {
    if (from == I32 || from == I64) {
      out.octets(other);
    } else if (from == bitsFrom && random.nextBoolean()) {
      out.octets(bits);
    } else {
      int which = (from == F32 ? 0 : 2) + random.nextInt(2);
      if (rarely()) {
        out.octets(trapping + which);
      } else {
        out.octets(0xfc, saturating + which);
      }
    }
  }
}
