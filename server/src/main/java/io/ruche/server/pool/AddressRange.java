package io.ruche.server.pool;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which addresses are likely to be one person's: a /24 of IPv4, a /48 of IPv6. */
final class AddressRange {
  private static final int IPV4_BYTES = 3;
  private static final int IPV6_BYTES = 6;

  private AddressRange() {}

  /**
   * The range of an address, such as {@code 192.0.2.0/24}; empty when it says nothing, as loopback
   * does: there all machines look alike, and behind a proxy everybody does.
   */
  static String of(@Nullable SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress socket)) {
      return "";
    }
    var address = socket.getAddress();
    return address == null || address.isLoopbackAddress() || address.isAnyLocalAddress()
        ? ""
        : cut(address);
  }

  private static String cut(InetAddress address) {
    int kept = address instanceof Inet6Address ? IPV6_BYTES : IPV4_BYTES;
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of %d bytes".formatted(bytes.length), e);
    }
  }
}
