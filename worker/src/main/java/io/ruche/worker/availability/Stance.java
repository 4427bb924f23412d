package io.ruche.worker.availability;

/** What the worker does about work, from most to least. */
public enum Stance {
  /** Takes work and runs it. */
  WORK,

  /** Takes nothing new; what is held goes on. */
  DRAIN,

  /** Takes nothing new; runs stand still. */
  PAUSE,

  /** Takes nothing new; what has no digest yet is given back. */
  HAND_BACK
}
