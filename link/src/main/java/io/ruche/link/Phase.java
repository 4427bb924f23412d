package io.ruche.link;

/** Where an attempt is, as a worker reports it. */
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
