package io.ruche.transfer;

import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name and refuses it when any of its addresses is off limits. The HTTP client connects
 * to exactly the addresses returned here, literal ones included, so a name that changes its mind
 * later (DNS rebinding) gains nothing.
 */
final class GuardedResolver implements DnsResolver {
  private final HostResolver resolver;
  private final boolean allowPrivateAddresses;

  /** The name resolves to an address that is off limits. */
  static final class AddressRefused extends UnknownHostException {
    @Serial
    private static final long serialVersionUID = 1L;

    AddressRefused(String host, InetAddress address, String kind) {
      super(
          "%s leads to %s, which is %s".formatted(Shown.of(host), address.getHostAddress(), kind));
    }
  }

  GuardedResolver(HostResolver resolver, boolean allowPrivateAddresses) {
    this.resolver = resolver;
    this.allowPrivateAddresses = allowPrivateAddresses;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = resolver.resolve(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : addresses) {
      var refusal = AddressRules.refusal(address);
      if (refusal.isPresent() && !allowPrivateAddresses) {
        throw new AddressRefused(host, address, refusal.get());
      }
    }
    return addresses.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
