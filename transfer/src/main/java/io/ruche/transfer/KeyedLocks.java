package io.ruche.transfer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** One lock per key, kept only while somebody holds or waits for it. */
final class KeyedLocks<K> {
  private final Map<K, Counted> locks = new HashMap<>();

  private static final class Counted {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }

  /** Waits until nobody else holds the key; an interrupt ends the wait. */
  void lock(K key) {
    var counted = join(key);
    try {
      counted.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(key);
      Thread.currentThread().interrupt();
      throw TransferCode.INTERRUPTED.error(
          "Interrupted while another download of " + key + " was under way.", "", e);
    }
  }

  void unlock(K key) {
    leave(key).lock.unlock();
  }

  private synchronized Counted join(K key) {
    var counted = locks.computeIfAbsent(key, k -> new Counted());
    counted.users++;
    return counted;
  }

  private synchronized Counted leave(K key) {
    var counted = locks.get(key);
    if (counted == null) {
      throw new IllegalStateException("not locked: " + key);
    }
    counted.users--;
    if (counted.users == 0) {
      locks.remove(key);
    }
    return counted;
  }
}
