package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.engine.Engine;
import io.ruche.sandbox.rewrite.Exports;
import io.ruche.sandbox.wasi.GuestStop;
import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.WasiGuest;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compiled code executed once, on the current thread, which needs a deep stack. */
final class Execution {
  private final RunRequest request;
  private final RunListener listener;
  private volatile @Nullable WasiGuest guest;

  Execution(RunRequest request, RunListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /** What the run said until now, for whoever ends it from outside. */
  RunLogs logs() {
    var running = guest;
    return running == null ? RunLogs.EMPTY : logs(running);
  }

  /**
   * To the end, whatever that is.
   *
   * @throws Engine.StackOverflow when other code of the module may do what this could not
   */
  RunOutcome of(CompiledModule compiled) {
    try {
      int maxPages = ModuleRules.maxPages(compiled.module(), request.limits().memoryMiB());
      var mounts = new WasiGuest.Mounts(request.input(), request.output());
      var setting = new WasiGuest.Setting(request.args(), request.env(), request.seed(), listener);
      try (var running = new WasiGuest(setting, mounts, request.limits())) {
        guest = running;
        return execute(compiled, maxPages, running);
      }
    } catch (ModuleRefused e) {
      return RunOutcome.failed(e.code(), String.valueOf(e.getMessage()));
    } catch (GuestStop stop) {
      return RunOutcome.failed(stop.code(), String.valueOf(stop.getMessage()));
    } catch (IOException e) {
      return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the run's files cannot be used: " + e);
    }
  }

  private RunOutcome execute(CompiledModule compiled, int maxPages, WasiGuest guest)
      throws ModuleRefused {
    var imports = compiled.imports(guest.functions());
    try (var instance = compiled.program().instantiate(imports)) {
      instance.call(Exports.BEGIN, request.limits().fuel(), maxPages);
      return run(compiled, instance, guest);
    } catch (GuestTrap trap) {
      return failed(FailureCode.TRAP, 0, text(trap), guest);
    }
  }

  private RunOutcome run(CompiledModule compiled, Engine.Instance instance, WasiGuest guest) {
    try {
      instance.call(Exports.RUN);
      return ended(Optional.empty(), instance, guest);
    } catch (GuestStop stop) {
      return ended(stop.isSuccess() ? Optional.empty() : Optional.of(stop), instance, guest);
    } catch (GuestTrap trap) {
      return ended(Optional.of(trap), instance, guest);
    } catch (Engine.StackOverflow e) {
      if (!compiled.isFallback()) {
        throw e;
      }
      return failed(FailureCode.CRASH, 0, text(e), guest);
    }
  }

  /** What the module itself knows of its end decides: that is the same on every engine. */
  private RunOutcome ended(
      Optional<RuntimeException> end, Engine.Instance instance, WasiGuest guest) {
    if (end.isPresent() && Thread.currentThread().isInterrupted()) {
      return failed(FailureCode.TIMEOUT, 0, "the run was stopped", guest);
    }
    long left = instance.call(Exports.FUEL_LEFT);
    var fuel = OptionalLong.of(request.limits().fuel() - Math.max(0, left));
    if (left < 0) {
      var detail =
          "the app needed more than %d units of fuel".formatted(request.limits().fuel());
      return new RunOutcome.Failed(FailureCode.FUEL, 0, detail, logs(guest), fuel);
    }
    if (end.isEmpty()) {
      return new RunOutcome.Finished(logs(guest), fuel);
    }
    var detail = detail(end.get(), instance);
    int exitCode = end.get() instanceof GuestStop stop ? stop.exitCode() : 0;
    var code = code(end.get(), instance);
    return code == FailureCode.MEMORY
        ? new RunOutcome.Failed(code, 0, starved(detail), logs(guest), fuel)
        : new RunOutcome.Failed(code, exitCode, detail, logs(guest), fuel);
  }

  private static FailureCode code(RuntimeException end, Engine.Instance instance) {
    if (end instanceof GuestStop stop && stop.code() != FailureCode.EXIT) {
      return stop.code();
    }
    if (instance.call(Exports.IS_GROWTH_REFUSED) != 0) {
      return FailureCode.MEMORY;
    }
    return end instanceof GuestStop ? FailureCode.EXIT : FailureCode.TRAP;
  }

  private static String detail(RuntimeException end, Engine.Instance instance) {
    boolean isTooDeep = instance.call(Exports.STOP_REASON) == Exports.TOO_DEEP;
    return isTooDeep ? "the app's calls nest too deep" : text(end);
  }

  /** An app that gives up right after memory was refused to it lacked memory, whatever it says. */
  private static String starved(String end) {
    return "the app ended after it was refused more memory: " + end;
  }

  private static String text(Throwable end) {
    return String.valueOf(end.getMessage());
  }

  private static RunOutcome failed(FailureCode code, int exitCode, String detail, WasiGuest guest) {
    return new RunOutcome.Failed(code, exitCode, detail, logs(guest));
  }

  private static RunLogs logs(WasiGuest guest) {
    return new RunLogs(
        guest.stdout().text(),
        guest.stderr().text(),
        guest.stdout().droppedBytes() + guest.stderr().droppedBytes());
  }
}
