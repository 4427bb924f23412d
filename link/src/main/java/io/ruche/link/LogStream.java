package io.ruche.link;

/** Which of an app's two streams a piece of its log was written to. */
public enum LogStream {
  STDOUT,
  STDERR
}
