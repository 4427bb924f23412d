package io.ruche.server.data;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import io.ruche.scheduler.AttemptId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Leave to upload one result: a secret token for one attempt and one digest. Tokens live in memory;
 * after a restart the pool asks again. Any thread may call.
 */
public final class UploadDesk {
  /** Open slots; the oldest gives way. */
  private static final int MAX_OPEN = 100_000;

  private static final Duration LIFETIME = Duration.ofHours(2);
  private static final int TOKEN_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Slot> byToken = new LinkedHashMap<>();
  private final Map<AttemptId, String> byAttempt = new HashMap<>();

  /**
   * A slot for one upload.
   *
   * @param callback what a waiting contract gets, which rules the digest
   */
  public record Slot(
      Address machine, AttemptId attempt, Digest digest, CallbackKind callback, Instant openUntil) {
    public TaskId task() {
      return attempt.task();
    }
  }

  /** Opens a slot and gives its token; the same token when it is open already. */
  public synchronized String open(
      Address machine, AttemptId attempt, Digest digest, CallbackKind callback, Instant now) {
    var slot = slot(machine, attempt, digest, callback, now);
    var known = byAttempt.get(attempt);
    if (known != null) {
      byToken.put(known, slot);
      return known;
    }
    dropOldest(now);
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    byToken.put(token, slot);
    byAttempt.put(attempt, token);
    return token;
  }

  /** A slot for what is here already, without a token. */
  public static Slot slot(
      Address machine, AttemptId attempt, Digest digest, CallbackKind callback, Instant now) {
    return new Slot(machine, attempt, digest, callback, now.plus(LIFETIME));
  }

  public synchronized Optional<Slot> find(String token, Instant now) {
    return Optional.ofNullable(byToken.get(token))
        .filter(slot -> slot.openUntil().isAfter(now));
  }

  public synchronized void close(AttemptId attempt) {
    var token = byAttempt.remove(attempt);
    if (token != null) {
      byToken.remove(token);
    }
  }

  private void dropOldest(Instant now) {
    Iterator<Slot> slots = byToken.values().iterator();
    while (slots.hasNext()) {
      var slot = slots.next();
      if (byToken.size() < MAX_OPEN && slot.openUntil().isAfter(now)) {
        return;
      }
      slots.remove();
      byAttempt.remove(slot.attempt());
    }
  }
}
