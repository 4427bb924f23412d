package io.ruche.scheduler;

/** The ways of certifying that a pool can name in its settings. */
public enum Certification implements CertificationPolicy {
  /** The PoCo vote: the authorization travels with the work. */
  WITH_WORK {
    @Override
    public Release release(long trust) {
      return Release.WITH_WORK;
    }

    @Override
    public boolean isReleased(int committed, int running, int missing) {
      return true;
    }
  },

  /** A round of commits: nobody contributes before every needed copy is committed off chain. */
  AFTER_COMMIT {
    @Override
    public Release release(long trust) {
      return Release.AFTER_COMMIT;
    }

    @Override
    public boolean isReleased(int committed, int running, int missing) {
      return committed > 0 && running == 0 && missing == 0;
    }
  },

  /**
   * Where one run suffices (trust 1) the stored result comes first, and one transaction ends the
   * task: a vote of one can lose no stake, so nothing is given up. Else the PoCo vote.
   */
  AFTER_RESULT {
    @Override
    public Release release(long trust) {
      return trust <= 1 ? Release.AFTER_RESULT : Release.WITH_WORK;
    }

    @Override
    public boolean isReleased(int committed, int running, int missing) {
      return true;
    }
  };
}
