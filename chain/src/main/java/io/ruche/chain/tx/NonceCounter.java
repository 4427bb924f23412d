package io.ruche.chain.tx;

/**
 * The next free nonce of a wallet. Whoever gives nonces out holds this object's monitor from
 * reading {@link #next} until the signed transactions are saved and booked.
 */
final class NonceCounter {
  private long next;

  synchronized long next() {
    return next;
  }

  synchronized void moveTo(long value) {
    next = value;
  }
}
