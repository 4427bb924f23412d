package io.ruche.transfer;

/** A block of IP addresses and what it is for. */
final class AddressRange {
  private final byte[] network;
  private final int prefixLength;
  private final String kind;

  AddressRange(byte[] network, int prefixLength, String kind) {
    this.network = network.clone();
    this.prefixLength = prefixLength;
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  /** Whether an address of the same family is in the block. */
  boolean holds(byte[] address) {
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (network[i] != address[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    int mask = (0xff << (8 - rest)) & 0xff;
    return rest == 0 || ((network[whole] ^ address[whole]) & mask) == 0;
  }
}
