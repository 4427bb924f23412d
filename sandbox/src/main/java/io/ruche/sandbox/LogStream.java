package io.ruche.sandbox;

/** The two streams that an app writes for people. */
public enum LogStream {
  STDOUT,
  STDERR
}
