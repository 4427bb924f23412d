package io.ruche.sdk;

import io.ruche.core.Address;

/**
 * Whom an offer is for. Each address stands for itself, or for the members of the group at it; zero
 * for anybody. An offer does not restrict its own kind: an app's offer leaves {@code app} zero.
 */
public record Audience(Address app, Address dataset, Address workerpool, Address requester) {
  public static final Audience ANYBODY =
      new Audience(Address.ZERO, Address.ZERO, Address.ZERO, Address.ZERO);

  public boolean isAnybody() {
    return equals(ANYBODY);
  }
}
