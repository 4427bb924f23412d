package io.ruche.worker;

/** Where an attempt is, as the pool is told. */
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
