package io.ruche.sandbox.oci;

/** What keeps an app in; tests take single ones away to see that the rest does not do it alone. */
enum Guard {
  NETWORK,
  CAPABILITIES,
  USER,
  READ_ONLY_ROOT,
  OWN_PROCESSES,
  PROCESS_LIMIT,
  MEMORY_LIMIT,
  FILE_SIZE_LIMIT,
  DISK_WATCH,
  OUTPUT_CHECK
}
