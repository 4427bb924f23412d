package io.ruche.sandbox.engine;

import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.HostCall;
import java.util.List;

/** Turns modules into code. One thread at a time. */
public interface Engine {
  /** For people: which engine, and which version of it. */
  String name();

  /**
   * Whether an interrupt of the guest's thread ends its run; if not, its process must be killed.
   */
  boolean isInterruptible();

  /**
   * Compiles a module that was checked and rewritten before.
   *
   * @throws EngineRefusal when this engine cannot run it
   */
  Program compile(byte[] rewritten) throws EngineRefusal;

  /** Compiled code; any number of runs may follow each other. */
  interface Program extends AutoCloseable {
    /**
     * A fresh instance, its memory and tables filled; no code has run.
     *
     * @param imports in the order in which the module imports them
     * @throws GuestTrap when a segment does not fit
     */
    Instance instantiate(List<HostCall> imports);

    /** Frees the code; no instance of it may be left. */
    @Override
    default void close() {}
  }

  /** One run's instance, used by one thread. */
  interface Instance extends AutoCloseable {
    /**
     * Calls what the module exports. A {@link RuntimeException} of a host function comes out as it
     * went in.
     *
     * @return the result as bits, 0 when there is none
     * @throws GuestTrap when the guest trapped
     * @throws StackOverflow when the engine's own stack ran out, which the depth limit prevents
     */
    long call(String export, long... arguments);

    @Override
    void close();
  }

  /** The engine cannot run a module that the rules allow. */
  final class EngineRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    public EngineRefusal(String detail) {
      super(detail, null, false, false);
    }
  }

  /** Not an end that other engines would reach. */
  final class StackOverflow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackOverflow() {
      super("the engine's stack ran out", null, false, false);
    }
  }
}
