package io.ruche.scheduler;

/** Where an attempt is, as its worker reports it. */
public enum Phase {
  QUEUED,
  FETCHING,
  RUNNING,
  COMMITTED,
  CONTRIBUTING,
  CONTRIBUTED,
  REVEALING,
  REVEALED,
  UPLOADING,
  UPLOADED
}
