package io.ruche.transfer;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses a stranger's URL may lead to: only those of the public internet. The rest (this
 * machine, its network, the cloud's metadata service, special ranges of RFC 6890) is refused.
 */
final class AddressRules {
  /** Refused ranges: network, prefix length, what it is. */
  private static final List<AddressRange> REFUSED = List.of(
      range("0.0.0.0", 8, "this network"),
      range("10.0.0.0", 8, "private"),
      range("100.64.0.0", 10, "carrier-grade NAT"),
      range("127.0.0.0", 8, "loopback"),
      range("169.254.0.0", 16, "link-local or cloud metadata"),
      range("172.16.0.0", 12, "private"),
      range("192.0.0.0", 24, "protocol assignments"),
      range("192.0.2.0", 24, "documentation"),
      range("192.88.99.0", 24, "6to4 relay"),
      range("192.168.0.0", 16, "private"),
      range("198.18.0.0", 15, "benchmarking"),
      range("198.51.100.0", 24, "documentation"),
      range("203.0.113.0", 24, "documentation"),
      range("224.0.0.0", 4, "multicast"),
      range("240.0.0.0", 4, "reserved or broadcast"));

  /** The only IPv6 range in public use; everything outside is refused. */
  private static final AddressRange GLOBAL_IPV6 = range("2000::", 3, "global unicast");

  private static final List<AddressRange> REFUSED_IPV6 = List.of(
      range("2001::", 23, "protocol assignments or Teredo"),
      range("2001:db8::", 32, "documentation"),
      range("2002::", 16, "6to4"),
      range("3fff::", 20, "documentation"));

  private static final AddressRange NAT64 = range("64:ff9b::", 96, "IPv4 by translation");

  private AddressRules() {}

  /** Why a stranger's URL may not lead there; empty when it may. */
  static Optional<String> refusal(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> refusalOf4(v4.getAddress());
      case Inet6Address v6 -> refusalOf6(v6.getAddress());
      default -> Optional.of("of unknown kind");
    };
  }

  private static Optional<String> refusalOf4(byte[] address) {
    return REFUSED.stream()
        .filter(range -> range.holds(address))
        .map(AddressRange::kind)
        .findFirst();
  }

  private static Optional<String> refusalOf6(byte[] address) {
    if (NAT64.holds(address)) {
      byte[] inner = new byte[4];
      System.arraycopy(address, 12, inner, 0, 4);
      return refusalOf4(inner);
    }
    if (!GLOBAL_IPV6.holds(address)) {
      return Optional.of("not a global IPv6 address");
    }
    return REFUSED_IPV6.stream()
        .filter(range -> range.holds(address))
        .map(AddressRange::kind)
        .findFirst();
  }

  private static AddressRange range(String network, int prefixLength, String kind) {
    return new AddressRange(InetAddress.ofLiteral(network).getAddress(), prefixLength, kind);
  }
}
