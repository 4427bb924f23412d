package io.ruche.sandbox.runner;

import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.runner.RandomCode.Callee;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A module that computes what nobody planned, and shows all of it: after each call it writes its
 * memory, with its globals in it, to the output. The same seed gives the same module.
 */
final class RandomModule {
  static final int IMPORTS = 3;
  private static final int DUMP_BYTES = 4_096;
  private static final int GLOBALS_AT = 2_048;
  private static final int SCRATCH = 8_192;
  private static final int CALLS = 6;

  private final Random random;
  private final List<Callee> functions = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();

  private RandomModule(long seed) {
    random = new Random(seed);
  }

  static byte[] of(long seed) {
    return new RandomModule(seed).write();
  }

  /** Types: one for each import, then one for each function. */
  static int typeOf(int function) {
    return function;
  }

  private byte[] write() {
    int count = 3 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      var parameters = new ArrayList<Integer>();
      for (int left = random.nextInt(4); left > 0; left--) {
        parameters.add(type());
      }
      int result = type();
      var code = new RandomCode(random, parameters, List.copyOf(functions));
      bodies.add(code.function(result, 2 + random.nextInt(6)));
      functions.add(new Callee(IMPORTS + i, List.copyOf(parameters), result));
    }
    bodies.add(start());
    bodies.add(dump());
    return assemble();
  }

  private int type() {
    return RandomCode.TYPES.get(random.nextInt(RandomCode.TYPES.size()));
  }

  private byte[] start() {
    var code = new Bytes().unsigned(0);
    code.octets(0x41).signed(4).octets(0x41).signed(0).octets(0x41).signed(SCRATCH);
    code.octets(0x41).signed(4).octets(0x41).signed(TestModules.CREATE);
    code.octets(0x42).signed(TestModules.WRITE_RIGHTS);
    code.octets(0x42).signed(TestModules.WRITE_RIGHTS).octets(0x41).signed(0);
    code.octets(0x41).signed(SCRATCH + 8).octets(0x10).unsigned(0).octets(0x1a);
    for (int i = 0; i < CALLS; i++) {
      var callee = functions.get(random.nextInt(functions.size()));
      for (int type : callee.parameters()) {
        constant(type, random.nextLong(), code);
      }
      code.octets(0x10).unsigned(callee.number());
      code.octets(0x24)
          .unsigned((long) RandomCode.TYPES.indexOf(callee.result()) * RandomCode.GLOBALS_PER_TYPE);
      code.octets(0x10).unsigned(IMPORTS + functions.size() + 1L);
    }
    return sized(code.octets(0x0b));
  }

  private static void constant(int type, long bits, Bytes code) {
    switch (type) {
      case RandomCode.I32 -> code.octets(0x41).signed(bits << 32 >> 32);
      case RandomCode.I64 -> code.octets(0x42).signed(bits);
      case RandomCode.F32 -> code.octets(0x43).littleEndian(bits, 4);
      default -> code.octets(0x44).littleEndian(bits, 8);
    }
  }

  private static byte[] dump() {
    var code = new Bytes().unsigned(0);
    int[] stores = {0x36, 0x37, 0x38, 0x39};
    for (int i = 0; i < RandomCode.TYPES.size() * RandomCode.GLOBALS_PER_TYPE; i++) {
      code.octets(0x41).signed(GLOBALS_AT + 8L * i).octets(0x23).unsigned(i);
      code.octets(stores[i / RandomCode.GLOBALS_PER_TYPE], 0x00, 0x00);
    }
    code.octets(0x41).signed(SCRATCH + 16).octets(0x41).signed(0).octets(0x36, 0x02, 0x00);
    code.octets(0x41).signed(SCRATCH + 20).octets(0x41).signed(DUMP_BYTES);
    code.octets(0x36, 0x02, 0x00);
    code.octets(0x41).signed(SCRATCH + 8).octets(0x28, 0x02, 0x00);
    code.octets(0x41).signed(SCRATCH + 16).octets(0x41).signed(1);
    code.octets(0x41).signed(SCRATCH + 24).octets(0x10).unsigned(1).octets(0x1a);
    return sized(code.octets(0x0b));
  }

  private static byte[] sized(Bytes code) {
    return new Bytes().unsigned(code.size()).raw(code.toBytes()).toBytes();
  }

  private byte[] assemble() {
    var out = new Bytes().octets(0, 'a', 's', 'm', 1, 0, 0, 0);
    int all = functions.size() + 2;
    var types = new Bytes().unsigned(IMPORTS + all);
    types.octets(0x60, 9, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 1, 0x7f);
    types.octets(0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f);
    types.octets(0x60, 1, 0x7f, 0);
    for (var function : functions) {
      types.octets(0x60).unsigned(function.parameters().size());
      function.parameters().forEach(types::octets);
      types.octets(1, function.result());
    }
    types.octets(0x60, 0, 0, 0x60, 0, 0);
    section(1, types, out);
    var imports = new Bytes().unsigned(IMPORTS);
    var names = List.of("path_open", "fd_write", "proc_exit");
    for (int i = 0; i < IMPORTS; i++) {
      imports.text("wasi_snapshot_preview1").text(names.get(i)).octets(0).unsigned(i);
    }
    section(2, imports, out);
    var declared = new Bytes().unsigned(all);
    for (int i = 0; i < all; i++) {
      declared.unsigned(typeOf(IMPORTS + i));
    }
    section(3, declared, out);
    section(4, new Bytes().octets(1, 0x70, 0).unsigned(functions.size()), out);
    section(5, new Bytes().octets(1, 1, 1, 4), out);
    section(6, globals(), out);
    section(7, new Bytes().octets(1).text("_start").octets(0).unsigned(IMPORTS + all - 2L), out);
    var elements = new Bytes().octets(1, 0, 0x41, 0, 0x0b).unsigned(functions.size());
    functions.forEach(function -> elements.unsigned(function.number()));
    section(9, elements, out);
    var code = new Bytes().unsigned(all);
    bodies.forEach(code::raw);
    section(10, code, out);
    var data = new Bytes().octets(1, 0, 0x41).signed(SCRATCH).octets(0x0b).text("dump");
    section(11, data, out);
    return out.toBytes();
  }

  private Bytes globals() {
    var globals =
        new Bytes().unsigned((long) RandomCode.TYPES.size() * RandomCode.GLOBALS_PER_TYPE);
    for (int type : RandomCode.TYPES) {
      for (int i = 0; i < RandomCode.GLOBALS_PER_TYPE; i++) {
        globals.octets(type, 1);
        constant(type, random.nextLong(), globals);
        globals.octets(0x0b);
      }
    }
    return globals;
  }

  private static void section(int id, Bytes content, Bytes out) {
    out.octets(id).unsigned(content.size()).raw(content.toBytes());
  }
}
