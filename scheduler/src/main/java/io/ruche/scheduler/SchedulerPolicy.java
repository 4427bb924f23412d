package io.ruche.scheduler;

import java.time.Duration;

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
 * @param confirmAfter time a settled task is remembered, in case the chain reorganises
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
    return new SchedulerPolicy(
        newCertification,
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

  public SchedulerPolicy withFailureOwners(int newFailureOwners) {
    return new SchedulerPolicy(
        certification,
        newFailureOwners,
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

  public SchedulerPolicy withFailureWait(Duration newFailureWait) {
    return new SchedulerPolicy(
        certification,
        failureOwners,
        newFailureWait,
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

  public SchedulerPolicy withDeadlineMargin(Duration newDeadlineMargin) {
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
        newDeadlineMargin,
        confirmAfter,
        maxLiveTasks,
        initializeBatch,
        admission);
  }

  public SchedulerPolicy withConfirmAfter(Duration newConfirmAfter) {
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
        newConfirmAfter,
        maxLiveTasks,
        initializeBatch,
        admission);
  }

  public SchedulerPolicy withMaxLiveTasks(int newMaxLiveTasks) {
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
        newMaxLiveTasks,
        initializeBatch,
        admission);
  }

  public SchedulerPolicy withReconnectGrace(Duration newReconnectGrace) {
    return new SchedulerPolicy(
        certification,
        failureOwners,
        failureWait,
        maxAttempts,
        workerLostAfter,
        newReconnectGrace,
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

  public SchedulerPolicy withAdmission(Admission newAdmission) {
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
        newAdmission);
  }
}
