package io.ruche.sandbox;

import java.util.List;

/** What stands between an app and the machine, for the operator to read. */
public sealed interface Isolation {
  /** What this machine cannot limit as well as others can; empty when nothing is known. */
  default List<String> weaknesses() {
    return List.of();
  }

  /**
   * Own namespaces, no network, no capabilities, and only the folders that a run needs.
   *
   * @param engine what runs the modules inside, and why no faster one
   */
  record Wrapped(String program, String engine) implements Isolation {
    @Override
    public String toString() {
      return program + ": no network, no capabilities, only the task folders; engine " + engine;
    }
  }

  /**
   * A native program between namespaces, a filter of system calls and limits.
   *
   * @param limits what is limited, and by what
   * @param weaknesses what this machine cannot limit as well as others can
   */
  record Contained(String program, List<String> limits, List<String> weaknesses)
      implements Isolation {
    public Contained {
      limits = List.copyOf(limits);
      weaknesses = List.copyOf(weaknesses);
    }

    @Override
    public String toString() {
      var text = program + " with seccomp; limited: " + String.join(", ", limits);
      return weaknesses.isEmpty() ? text : text + "; weaker here: " + String.join(", ", weaknesses);
    }
  }

  /**
   * Kept in by another program, with the network only where a run is granted it.
   *
   * @param program with its version
   * @param gaps what this machine cannot limit, and what stands in for it
   */
  record Confined(String program, List<String> gaps) implements Isolation {
    @Override
    public List<String> weaknesses() {
      return gaps;
    }

    public Confined {
      gaps = List.copyOf(gaps);
    }

    @Override
    public String toString() {
      var whole =
          program + ": no capabilities, only the task folders, network only where it is granted";
      return gaps.isEmpty() ? whole : whole + "; but " + String.join(", ", gaps);
    }
  }

  /** A plain child process: the engine alone keeps the app in. */
  record Plain(String reason) implements Isolation {
    @Override
    public List<String> weaknesses() {
      return List.of("nothing but the engine keeps an app in, as " + reason);
    }

    @Override
    public String toString() {
      return "none beyond the WASM engine, which is the one in Java: " + reason;
    }
  }
}
