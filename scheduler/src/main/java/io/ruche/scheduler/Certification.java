package io.ruche.scheduler;

/** The ways of certifying that a pool can name in its settings. */
public enum Certification implements CertificationPolicy {
  /** The PoCo vote: the authorization travels with the work. */
  WITH_WORK(Release.WITH_WORK) {
    @Override
    public boolean isReleased(int committed, int running, int missing) {
      return true;
    }
  },

  /** A round of commits: nobody contributes before every needed copy is committed off chain. */
  AFTER_COMMIT(Release.AFTER_COMMIT) {
    @Override
    public boolean isReleased(int committed, int running, int missing) {
      return committed > 0 && running == 0 && missing == 0;
    }
  };

  private final Release release;

  Certification(Release release) {
    this.release = release;
  }

  @Override
  public Release release() {
    return release;
  }
}
