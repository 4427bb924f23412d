package io.ruche.sandbox.runner;

import java.io.ByteArrayOutputStream;

/** Writes the numbers of the binary format. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Bytes octets(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Bytes unsigned(long value) {
    long left = value;
    for (; left > 0x7f; left >>>= 7) {
      out.write((int) (left & 0x7f) | 0x80);
    }
    out.write((int) left);
    return this;
  }

  Bytes signed(long value) {
    long left = value;
    for (; left < -64 || left > 63; left >>= 7) {
      out.write((int) (left & 0x7f) | 0x80);
    }
    out.write((int) (left & 0x7f));
    return this;
  }

  Bytes littleEndian(long value, int count) {
    for (int i = 0; i < count; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  Bytes text(String ascii) {
    unsigned(ascii.length());
    ascii.chars().forEach(out::write);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
