package io.ruche.scheduler;

import io.ruche.certify.CertificationMethod;
import io.ruche.core.Digest;
import io.ruche.core.Keccak;
import io.ruche.core.TaskId;
import java.nio.ByteBuffer;

/**
 * For tasks that leave it to the pool what to believe, those of trust 1: a method decides among
 * results that workers have fixed, and one worker of the believed group ends the task in one
 * transaction. Tasks that ask for more trust get the PoCo vote.
 *
 * @param secret from which the chances of each task come, so that workers cannot foresee them
 */
public record MethodCertification(CertificationMethod method, Digest secret)
    implements CertificationPolicy {
  /** Bits of a double's fraction. */
  private static final int FRACTION_BITS = 53;

  private static final byte DRAW_OF_CHECK = 1;
  private static final byte DRAW_OF_METHOD = 2;

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public Release release(long trust) {
    return Certification.AFTER_RESULT.release(trust);
  }

  @Override
  public boolean isReleased(int committed, int running, int missing) {
    return Certification.AFTER_RESULT.isReleased(committed, running, missing);
  }

  /** Whether a spare run of this task checks whoever returns last. */
  boolean isChecked(TaskId task) {
    return draw(task, DRAW_OF_CHECK) < method.checkRate();
  }

  /** The task's number for {@link io.ruche.certify.Ballot#draw}. */
  double draw(TaskId task) {
    return draw(task, DRAW_OF_METHOD);
  }

  private double draw(TaskId task, byte purpose) {
    var hash = Keccak.hash(Keccak.hash(secret.bytes()), task.bytes(), new byte[] {purpose});
    return (ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - FRACTION_BITS)) * 0x1.0p-53;
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
