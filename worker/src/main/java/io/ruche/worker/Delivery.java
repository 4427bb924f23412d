package io.ruche.worker;

import java.time.Instant;

/**
 * Where the upload of a result is, beside the state of its attempt. Transitions:
 *
 * <pre>
 * None, Delivered → Asked  the pool asks (again)
 * Asked        → UnderWay   the chain shows consensus on our digest, or one run suffices
 * UnderWay     → Asked      it failed, another try may help
 * UnderWay     → None       it failed too often
 * UnderWay     → Delivered
 * </pre>
 */
sealed interface Delivery {
  record None() implements Delivery {}

  record Asked(UploadTarget target, int failures, Instant notBefore) implements Delivery {}

  record UnderWay(UploadTarget target, int failures) implements Delivery {}

  record Delivered(UploadTarget target) implements Delivery {}
}
