package io.ruche.chain.wallet;

import io.ruche.core.Address;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The mnemonic that every Ethereum tool publishes for development. Whoever funds one of its
 * accounts on a real chain loses the money at once, so {@link Wallet#requireAllowedOn} refuses the
 * first of them there.
 */
public final class DevelopmentKeys {
  public static final Secret MNEMONIC =
      Secret.of("test test test test test test test test test test test junk");

  /** How many of its accounts are known by heart. */
  private static final int KNOWN = 100;

  private static final class Known {
    static final Set<Address> ADDRESSES = Mnemonics.ethereumKeys(MNEMONIC, KNOWN).stream()
        .map(PrivateKey::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  private DevelopmentKeys() {}

  public static Wallet wallet(int index) {
    return Wallet.ofMnemonic(MNEMONIC, index);
  }

  static boolean contains(Address address) {
    return Known.ADDRESSES.contains(address);
  }
}
