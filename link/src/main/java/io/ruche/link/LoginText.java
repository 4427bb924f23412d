package io.ruche.link;

import io.ruche.core.Address;

/** The text a worker signs to log in; it names the pool, so it cannot be replayed at another. */
public final class LoginText {
  private LoginText() {}

  public static String of(FromPool.Challenge challenge, Address worker) {
    return """
        Ruche worker login
        version: %d
        chain: %d
        hub: %s
        workerpool: %s
        worker: %s
        nonce: %s""".formatted(
            challenge.version(),
            challenge.chainId(),
            challenge.hub(),
            challenge.workerpool(),
            worker,
            challenge.nonce());
  }
}
