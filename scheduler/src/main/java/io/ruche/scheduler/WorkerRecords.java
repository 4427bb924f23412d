package io.ruche.scheduler;

import io.ruche.certify.WorkerRecord;
import io.ruche.core.Address;
import java.util.Map;
import java.util.TreeMap;

/** What the pool itself knows of each worker that it ever judged; kept in the journal. */
final class WorkerRecords {
  private final Map<Address, WorkerRecord> records = new TreeMap<>();

  WorkerRecord of(Address worker) {
    return records.getOrDefault(worker, WorkerRecord.FRESH);
  }

  void put(Address worker, WorkerRecord record) {
    records.put(worker, record);
  }

  Map<Address, WorkerRecord> all() {
    return records;
  }
}
