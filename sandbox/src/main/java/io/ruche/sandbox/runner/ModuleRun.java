package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.engine.Engine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One run of one module on the current thread, by the engine that suits it; when that one cannot
 * end it, by the next. Runs repeat themselves and nobody hears a word twice, so which engine it was
 * cannot be told from the outcome.
 */
final class ModuleRun {
  private final ModuleCache modules;
  private final RunRequest request;
  private final SaidOnce listener;
  private volatile @Nullable Execution current;

  ModuleRun(ModuleCache modules, RunRequest request, RunListener listener) {
    this.modules = modules;
    this.request = request;
    this.listener = new SaidOnce(listener);
  }

  RunOutcome execute() {
    try {
      var compiled = compiled();
      var quick = modules.quick(module());
      var outcome = quick == null ? wholly(compiled) : quickly(quick, compiled);
      modules.ended(module(), outcome);
      return outcome;
    } catch (ModuleRefused e) {
      return refused(e);
    }
  }

  /** What the run said until now, for whoever ends it from outside. */
  RunLogs logs() {
    var running = current;
    return running == null ? RunLogs.EMPTY : running.logs();
  }

  private RunOutcome execute(CompiledModule compiled, RunRequest limited) {
    var execution = new Execution(limited, listener);
    current = execution;
    return execution.of(compiled);
  }

  private RunOutcome wholly(CompiledModule compiled) throws ModuleRefused {
    try {
      return execute(compiled, request);
    } catch (Engine.StackOverflow e) {
      startOver();
      return execute(fallback(), request);
    }
  }

  /** With the fuel of a short run; one that needs more is no short run and starts over. */
  private RunOutcome quickly(CompiledModule quick, CompiledModule compiled) throws ModuleRefused {
    var limits = request.limits();
    long fuel = Math.min(limits.fuel(), ShortRuns.MAX_FUEL);
    try {
      var outcome = execute(quick, request.withLimits(limits.withFuel(fuel)));
      boolean isCut = outcome instanceof RunOutcome.Failed failed
          && failed.code() == FailureCode.FUEL
          && fuel < limits.fuel();
      if (!isCut) {
        return outcome;
      }
    } catch (Engine.StackOverflow e) {
      // The other engine may have the stack for it.
    }
    startOver();
    return wholly(compiled);
  }

  private void startOver() throws ModuleRefused {
    try {
      listener.startOver();
      Leftovers.clear(request.output());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private CompiledModule fallback() throws ModuleRefused {
    try {
      return modules.fallBack(module());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static ModuleRefused unusable(IOException e) {
    return new ModuleRefused(FailureCode.INFRASTRUCTURE, "the run's files cannot be used: " + e);
  }

  private static RunOutcome refused(ModuleRefused e) {
    return RunOutcome.failed(e.code(), String.valueOf(e.getMessage()));
  }

  /**
   * Whatever goes wrong while a module is read and compiled, it is the module that cannot run here.
   */
  private CompiledModule compiled() throws ModuleRefused {
    try {
      return modules.get(module());
    } catch (IOException e) {
      throw unusable(e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new ModuleRefused(FailureCode.UNSUPPORTED, "the app cannot be compiled: " + e);
    } catch (OutOfMemoryError e) {
      throw new ModuleRefused(FailureCode.UNSUPPORTED, "the app is too large to compile: " + e);
    }
  }

  private RunRequest.App.AppFile module() throws ModuleRefused {
    if (request.app() instanceof RunRequest.App.AppFile file) {
      return file;
    }
    throw new ModuleRefused(
        FailureCode.UNSUPPORTED, "expected a module, found the image " + request.app());
  }
}
