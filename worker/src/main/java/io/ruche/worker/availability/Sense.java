package io.ruche.worker.availability;

/** The facts that a condition may ask for; what no condition asks for is not read. */
public enum Sense {
  USER_IDLE,
  OTHER_LOAD,
  MAINS,
  BATTERY,
  SURPLUS,
  TEMPERATURE
}
