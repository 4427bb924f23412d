package io.ruche.scheduler;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The settings of a scheduler; {@link #defaults()} suits a pool on a real chain.
 *
 * @param certification how runs become contributions
 * @param failureOwners owners that must report the same end before it is certified, if so many
 *     exist
 * @param failureWait how long other owners are waited for before fewer reports suffice
 * @param maxAttempts attempts of one task before it is given up
 * @param workerLostAfter silence after which a connected worker's attempts are given to others
 * @param reconnectGrace time that a worker has to come back after its session ended
 * @param resendAfter time after which an order without visible effect is sent again
 * @param attemptOverhead time for fetching and contributing, on top of the run's limit
 * @param uploadPatience time one winner has to upload before the next one is asked
 * @param txPatience time after which a transaction without visible effect is looked into
 * @param deadlineMargin nothing is started closer than this to a deadline of the chain
 * @param confirmAfter time a settled task is remembered, in case the chain reorganises, and time a
 *     deal that a reorganisation took away counts as sold, as it may be matched again
 * @param maxLiveTasks tasks in memory at once; further tasks of large deals wait their turn
 * @param initializeBatch tasks in one initialize transaction
 * @param admission whom it lets do which work
 */
public record SchedulerPolicy(
    CertificationPolicy certification,
    int failureOwners,
    Duration failureWait,
    int maxAttempts,
    Duration workerLostAfter,
    Duration reconnectGrace,
    Duration resendAfter,
    Duration attemptOverhead,
    Duration uploadPatience,
    Duration txPatience,
    Duration deadlineMargin,
    Duration confirmAfter,
    int maxLiveTasks,
    int initializeBatch,
    Admission admission) {

  public static SchedulerPolicy defaults() {
    return new SchedulerPolicy(
        Certification.WITH_WORK,
        3,
        Duration.ofSeconds(10),
        32,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        20_000,
        40,
        Admission.OPEN);
  }

  public SchedulerPolicy withCertification(CertificationPolicy newCertification) {
    return with(draft -> draft.certification = newCertification);
  }

  public SchedulerPolicy withFailureWait(Duration newFailureWait) {
    return with(draft -> draft.failureWait = newFailureWait);
  }

  public SchedulerPolicy withWorkerLostAfter(Duration newWorkerLostAfter) {
    return with(draft -> draft.workerLostAfter = newWorkerLostAfter);
  }

  public SchedulerPolicy withReconnectGrace(Duration newReconnectGrace) {
    return with(draft -> draft.reconnectGrace = newReconnectGrace);
  }

  public SchedulerPolicy withResendAfter(Duration newResendAfter) {
    return with(draft -> draft.resendAfter = newResendAfter);
  }

  public SchedulerPolicy withUploadPatience(Duration newUploadPatience) {
    return with(draft -> draft.uploadPatience = newUploadPatience);
  }

  public SchedulerPolicy withDeadlineMargin(Duration newDeadlineMargin) {
    return with(draft -> draft.deadlineMargin = newDeadlineMargin);
  }

  public SchedulerPolicy withConfirmAfter(Duration newConfirmAfter) {
    return with(draft -> draft.confirmAfter = newConfirmAfter);
  }

  public SchedulerPolicy withMaxLiveTasks(int newMaxLiveTasks) {
    return with(draft -> draft.maxLiveTasks = newMaxLiveTasks);
  }

  public SchedulerPolicy withAdmission(Admission newAdmission) {
    return with(draft -> draft.admission = newAdmission);
  }

  private SchedulerPolicy with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.policy();
  }

  /** The same values, to be changed one by one. */
  private static final class Draft {
    private CertificationPolicy certification;
    private int failureOwners;
    private Duration failureWait;
    private int maxAttempts;
    private Duration workerLostAfter;
    private Duration reconnectGrace;
    private Duration resendAfter;
    private Duration attemptOverhead;
    private Duration uploadPatience;
    private Duration txPatience;
    private Duration deadlineMargin;
    private Duration confirmAfter;
    private int maxLiveTasks;
    private int initializeBatch;
    private Admission admission;

    private Draft(SchedulerPolicy policy) {
      certification = policy.certification;
      failureOwners = policy.failureOwners;
      failureWait = policy.failureWait;
      maxAttempts = policy.maxAttempts;
      workerLostAfter = policy.workerLostAfter;
      reconnectGrace = policy.reconnectGrace;
      resendAfter = policy.resendAfter;
      attemptOverhead = policy.attemptOverhead;
      uploadPatience = policy.uploadPatience;
      txPatience = policy.txPatience;
      deadlineMargin = policy.deadlineMargin;
      confirmAfter = policy.confirmAfter;
      maxLiveTasks = policy.maxLiveTasks;
      initializeBatch = policy.initializeBatch;
      admission = policy.admission;
    }

    private SchedulerPolicy policy() {
      return new SchedulerPolicy(
          certification,
          failureOwners,
          failureWait,
          maxAttempts,
          workerLostAfter,
          reconnectGrace,
          resendAfter,
          attemptOverhead,
          uploadPatience,
          txPatience,
          deadlineMargin,
          confirmAfter,
          maxLiveTasks,
          initializeBatch,
          admission);
    }
  }
}
