package io.ruche.sandbox.runner;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.wasi.GuestStop;
import io.ruche.sandbox.wasi.WasiGuest;
import java.io.IOException;

/**
 * One run of one module on the current thread, which needs a deep stack. An interrupt of the thread
 * stops the module at its next loop or call.
 */
final class ModuleRun {
  private final ModuleCache modules;
  private final RunRequest request;
  private final RunListener listener;

  ModuleRun(ModuleCache modules, RunRequest request, RunListener listener) {
    this.modules = modules;
    this.request = request;
    this.listener = listener;
  }

  RunOutcome execute() {
    try {
      var compiled = compiled();
      var memory = ModuleRules.limited(compiled.module(), request.limits().memoryMiB());
      var mounts = new WasiGuest.Mounts(request.input(), request.output());
      var setting = new WasiGuest.Setting(request.args(), request.env(), request.seed(), listener);
      try (var guest = new WasiGuest(setting, mounts, request.limits())) {
        return execute(compiled, memory, guest);
      }
    } catch (ModuleRefused e) {
      return RunOutcome.failed(e.code(), String.valueOf(e.getMessage()));
    } catch (GuestStop stop) {
      return RunOutcome.failed(stop.code(), String.valueOf(stop.getMessage()));
    } catch (IOException e) {
      return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the run's files cannot be used: " + e);
    }
  }

  /**
   * Whatever goes wrong while a module is read and compiled, it is the module that cannot run here.
   */
  private CompiledModule compiled() throws ModuleRefused, IOException {
    try {
      return modules.get(module());
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

  private static RunOutcome execute(CompiledModule compiled, MemoryLimits memory, WasiGuest guest) {
    var heap = new GuestHeap(memory);
    try {
      instantiate(compiled, heap, guest).export("_start").apply();
      return new RunOutcome.Finished(logs(guest));
    } catch (UnlinkableException | InvalidException | MalformedException e) {
      return failed(FailureCode.UNSUPPORTED, 0, text(e), guest);
    } catch (GuestStop stop) {
      return stop.isSuccess()
          ? new RunOutcome.Finished(logs(guest))
          : ended(stop.code(), stop.exitCode(), stop, heap, guest);
    } catch (ChicoryException | WasmException | StackOverflowError e) {
      return ended(FailureCode.TRAP, 0, e, heap, guest);
    }
  }

  private static RunOutcome ended(
      FailureCode code, int exitCode, Throwable end, GuestHeap heap, WasiGuest guest) {
    if (Thread.currentThread().isInterrupted()) {
      return failed(FailureCode.TIMEOUT, 0, "the run was stopped", guest);
    }
    boolean hasGivenUp = code == FailureCode.EXIT || code == FailureCode.TRAP;
    return hasGivenUp && heap.wasGrowthRefused()
        ? failed(FailureCode.MEMORY, 0, starved(heap, end), guest)
        : failed(code, exitCode, text(end), guest);
  }

  /** An app that gives up right after memory was refused to it lacked memory, whatever it says. */
  private static String starved(GuestHeap heap, Throwable end) {
    return "the app ended after it was refused more than %d KiB of memory: %s"
        .formatted(heap.maximumPages() * 64L, text(end));
  }

  private static String text(Throwable end) {
    return String.valueOf(end.getMessage());
  }

  private static Instance instantiate(CompiledModule compiled, GuestHeap heap, WasiGuest guest) {
    return Instance.builder(compiled.module())
        .withMachineFactory(compiled.machine())
        .withMemoryFactory(declared -> heap)
        .withTableFactory((table, initialValue) -> freshTable(compiled, table, initialValue))
        .withImportValues(ImportValues.builder().addFunction(guest.functions()).build())
        .withStart(false)
        .build();
  }

  /** A table with limits of its own: the engine keeps the grown size in the shared module. */
  private static TableInstance freshTable(
      CompiledModule compiled, Table declared, int initialValue) {
    var limits = declared.limits();
    long share =
        ModuleRules.MAX_TABLE_ELEMENTS / compiled.module().tableSection().tableCount();
    long max = Math.max(limits.min(), Math.min(limits.max(), share));
    var own = new Table(declared.elementType(), new TableLimits(limits.min(), max));
    return new TableInstance(own, initialValue);
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
