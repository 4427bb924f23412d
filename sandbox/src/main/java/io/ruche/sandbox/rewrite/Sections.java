package io.ruche.sandbox.rewrite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The sections of a module that was parsed before, by their number; custom ones are dropped. */
record Sections(Map<Integer, byte[]> contents) {
  static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  static Sections of(byte[] module) {
    var contents = new HashMap<Integer, byte[]>();
    int at = HEADER.length;
    while (at < module.length) {
      int number = module[at];
      var size = Length.at(module, at + 1);
      at = size.end() + size.value();
      contents.put(number, Arrays.copyOfRange(module, size.end(), at));
    }
    return new Sections(contents);
  }

  /** A number of variable length and where it ends. */
  private record Length(int value, int end) {
    static Length at(byte[] bytes, int start) {
      int value = 0;
      int at = start;
      int shift = 0;
      while (bytes[at] < 0) {
        value |= (bytes[at++] & 0x7f) << shift;
        shift += 7;
      }
      return new Length(value | bytes[at] << shift, at + 1);
    }
  }

  void copy(int number, WasmWriter out) {
    write(number, contents.getOrDefault(number, new byte[0]), out);
  }

  void write(int number, byte[] content, WasmWriter out) {
    if (content.length > 0) {
      out.octet(number).unsigned(content.length).raw(content);
    }
  }

  /** The section with more items behind its own. */
  void extend(int number, byte[] added, int count, WasmWriter out) {
    byte[] own = contents.getOrDefault(number, new byte[] {0});
    var length = Length.at(own, 0);
    var content = new WasmWriter()
        .unsigned(length.value() + count)
        .raw(own, length.end(), own.length)
        .raw(added);
    write(number, content.toBytes(), out);
  }
}
