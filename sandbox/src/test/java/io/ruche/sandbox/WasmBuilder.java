package io.ruche.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes small WASM modules byte by byte, so that tests need neither a compiler nor committed
 * binaries. One memory, imported WASI functions, own functions without parameters or results, of
 * which {@code _start} is exported.
 */
public final class WasmBuilder {
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final int FUNCTION = 0x60;

  private final List<byte[]> types = new ArrayList<>();
  private final List<byte[]> imports = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();
  private byte[] memory = limits(1, 16);
  private int tableMin = -1;

  public WasmBuilder() {
    types.add(type("", ""));
  }

  /** Imports a WASI function that answers an i32. */
  public WasmBuilder importing(String name, String parameters) {
    return importing("wasi_snapshot_preview1", name, parameters, "i");
  }

  public WasmBuilder importingExit() {
    return importing("wasi_snapshot_preview1", "proc_exit", "i", "");
  }

  public WasmBuilder importing(String module, String name, String parameters, String results) {
    imports.add(join(text(module), text(name), new byte[] {0}, unsigned(types.size())));
    types.add(type(parameters, results));
    names.add(name);
    return this;
  }

  public WasmBuilder memory(int minPages, int maxPages) {
    memory = limits(minPages, maxPages);
    return this;
  }

  public WasmBuilder sharedMemory() {
    memory = join(new byte[] {3}, unsigned(1), unsigned(1));
    return this;
  }

  public WasmBuilder noMemory() {
    memory = new byte[0];
    return this;
  }

  public WasmBuilder table(int minElements) {
    tableMin = minElements;
    return this;
  }

  public WasmBuilder data(int address, String bytes) {
    return data(address, bytes.getBytes(StandardCharsets.UTF_8));
  }

  public WasmBuilder data(int address, byte[] bytes) {
    data.add(join(
        new byte[] {0, 0x41}, signed(address), new byte[] {0x0b}, unsigned(bytes.length), bytes));
    return this;
  }

  public WasmBuilder start(Consumer<Code> code) {
    return function("_start", code);
  }

  /** A function without parameters and results; it may call those added before it, and itself. */
  public WasmBuilder function(String name, Consumer<Code> code) {
    names.add(name);
    var body = new Code();
    code.accept(body);
    byte[] bytes = join(new byte[] {1, 4, I32}, body.bytes.toByteArray(), new byte[] {0x0b});
    bodies.add(join(unsigned(bytes.length), bytes));
    return this;
  }

  public byte[] build() {
    var exports = new ArrayList<byte[]>();
    if (names.contains("_start")) {
      exports.add(join(text("_start"), new byte[] {0}, unsigned(names.indexOf("_start"))));
    }
    if (memory.length > 0) {
      exports.add(join(text("memory"), new byte[] {2, 0}));
    }
    var functions = bodies.stream().map(body -> new byte[] {0}).toList();
    return join(
        new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0},
        section(1, types),
        section(2, imports),
        section(3, functions),
        section(4, tableMin < 0 ? List.of() : List.of(join(new byte[] {0x70}, open(tableMin)))),
        section(5, memory.length == 0 ? List.of() : List.of(memory)),
        section(7, exports),
        section(10, bodies),
        section(11, data));
  }

  private static byte[] open(int min) {
    return join(new byte[] {0}, unsigned(min));
  }

  private static byte[] limits(int min, int max) {
    return join(new byte[] {1}, unsigned(min), unsigned(max));
  }

  private static byte[] type(String parameters, String results) {
    return join(new byte[] {FUNCTION}, valueTypes(parameters), valueTypes(results));
  }

  private static byte[] valueTypes(String letters) {
    var bytes = new byte[letters.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (letters.charAt(i) == 'I' ? I64 : I32);
    }
    return join(unsigned(bytes.length), bytes);
  }

  private static byte[] section(int id, List<byte[]> items) {
    if (items.isEmpty()) {
      return new byte[0];
    }
    byte[] content = join(unsigned(items.size()), join(items.toArray(byte[][]::new)));
    return join(new byte[] {(byte) id}, unsigned(content.length), content);
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(unsigned(bytes.length), bytes);
  }

  private static byte[] unsigned(int value) {
    var out = new ByteArrayOutputStream();
    int left = value;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
    return out.toByteArray();
  }

  private static byte[] signed(long value) {
    var out = new ByteArrayOutputStream();
    long left = value;
    while (left < -64 || left > 63) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>= 7;
    }
    out.write((int) (left & 0x7f));
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The body of a function with four i32 locals; methods are instructions. */
  public final class Code {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Pushes constants. */
    public Code i32(int... values) {
      for (int value : values) {
        bytes.write(0x41);
        bytes.writeBytes(signed(value));
      }
      return this;
    }

    public Code i64(long... values) {
      for (long value : values) {
        bytes.write(0x42);
        bytes.writeBytes(signed(value));
      }
      return this;
    }

    public Code call(String name) {
      return op(0x10, names.indexOf(name));
    }

    public Code drop() {
      return op(0x1a);
    }

    public Code unreachable() {
      return op(0x00);
    }

    public Code get(int local) {
      return op(0x20, local);
    }

    public Code set(int local) {
      return op(0x21, local);
    }

    public Code add() {
      return op(0x6a);
    }

    public Code divide() {
      return op(0x6d);
    }

    public Code load() {
      return op(0x28, 2, 0);
    }

    public Code load8() {
      return op(0x2d, 0, 0);
    }

    public Code store() {
      return op(0x36, 2, 0);
    }

    public Code grow() {
      return op(0x40, 0);
    }

    public Code tableSize() {
      return op(0xfc, 16, 0);
    }

    /** Grows table 0 by this many null elements. */
    public Code tableGrow(int elements) {
      bytes.write(0xd0);
      bytes.write(0x70);
      return i32(elements).op(0xfc, 15, 0);
    }

    public Code loop() {
      return op(0x03, 0x40);
    }

    public Code branch(int depth) {
      return op(0x0c, depth);
    }

    public Code branchIf(int depth) {
      return op(0x0d, depth);
    }

    public Code end() {
      return op(0x0b);
    }

    /** Runs the block forever. */
    public Code forever(Consumer<Code> block) {
      loop();
      block.accept(this);
      return branch(0).end();
    }

    /** Runs the block this often, counting down in local 0. */
    public Code repeat(int times, Consumer<Code> block) {
      i32(times).set(0).loop();
      block.accept(this);
      return get(0).i32(-1).add().set(0).get(0).branchIf(0).end();
    }

    /** Ends the run with the value on the stack as exit code. */
    public Code exit() {
      return call("proc_exit");
    }

    /** Ends the run with the error number on the stack as exit code, unless it is 0. */
    public Code exitOnError() {
      return op(0x22, 3).op(0x04, 0x40).get(3).exit().end();
    }

    /** Instructions that have no method here. */
    public Code op(int... codes) {
      bytes.write(codes[0]);
      for (int i = 1; i < codes.length; i++) {
        bytes.writeBytes(unsigned(codes[i]));
      }
      return this;
    }
  }
}
