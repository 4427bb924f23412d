package io.ruche.transfer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Names to addresses; the answer may differ at each call and may have been written by an attacker.
 */
@FunctionalInterface
public interface HostResolver {
  /** The machine's own resolver. */
  static HostResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }

  List<InetAddress> resolve(String host) throws UnknownHostException;
}
