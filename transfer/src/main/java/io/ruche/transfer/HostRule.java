package io.ruche.transfer;

import java.net.UnknownHostException;

/**
 * Which hosts a stranger may name to programs that connect by themselves. The answer holds for the
 * moment: such a program asks for the address again.
 *
 * @param allowPrivateAddresses also loopback and private networks: development only
 */
public record HostRule(boolean allowPrivateAddresses) {
  /** Whether the host is known and all its addresses are on the public internet. */
  public boolean allows(String host) {
    return allows(host, HostResolver.system());
  }

  boolean allows(String host, HostResolver resolver) {
    try {
      new GuardedResolver(resolver, allowPrivateAddresses).resolve(host);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
