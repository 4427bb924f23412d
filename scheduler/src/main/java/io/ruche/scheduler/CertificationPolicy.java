package io.ruche.scheduler;

/** How a pool turns runs into contributions. A new way of certifying is a new implementation. */
public interface CertificationPolicy {
  /** Stable name, as written in settings. */
  String name();

  /** When a task that asks for this trust gets its authorizations. */
  Release release(long trust);

  /**
   * Whether attempts that committed may be authorised now.
   *
   * @param committed attempts that committed and are not authorised yet
   * @param running attempts that were given out and neither committed nor contributed
   * @param missing copies that must still be given out
   */
  boolean isReleased(int committed, int running, int missing);
}
