package io.ruche.sandbox.runner;

import com.dylibso.chicory.runtime.ByteArrayMemory;
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

  ModuleRun(ModuleCache modules, RunRequest request) {
    this.modules = modules;
    this.request = request;
  }

  RunOutcome execute() {
    try {
      var compiled = modules.get(request.app());
      var memory = ModuleRules.limited(compiled.module(), request.limits().memoryMiB());
      var mounts = new WasiGuest.Mounts(request.input(), request.output());
      var setting = new WasiGuest.Setting(request.args(), request.env(), request.seed());
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

  private static RunOutcome execute(CompiledModule compiled, MemoryLimits memory, WasiGuest guest) {
    try {
      var instance = instantiate(compiled, memory, guest);
      instance.export("_start").apply();
      return new RunOutcome.Finished(logs(guest));
    } catch (GuestStop stop) {
      return stop.isSuccess()
          ? new RunOutcome.Finished(logs(guest))
          : failed(stop.code(), stop.exitCode(), stop, guest);
    } catch (UnlinkableException | InvalidException | MalformedException e) {
      return failed(FailureCode.UNSUPPORTED, 0, e, guest);
    } catch (ChicoryException | WasmException | StackOverflowError e) {
      var code = Thread.currentThread().isInterrupted() ? FailureCode.TIMEOUT : FailureCode.TRAP;
      return failed(code, 0, e, guest);
    }
  }

  private static Instance instantiate(
      CompiledModule compiled, MemoryLimits memory, WasiGuest guest) {
    return Instance.builder(compiled.module())
        .withMachineFactory(compiled.machine())
        .withMemoryFactory(declared -> new ByteArrayMemory(memory))
        .withTableFactory(ModuleRun::freshTable)
        .withImportValues(ImportValues.builder().addFunction(guest.functions()).build())
        .withStart(false)
        .build();
  }

  /** A table with limits of its own: the engine keeps the grown size in the shared module. */
  private static TableInstance freshTable(Table declared, int initialValue) {
    var limits = declared.limits();
    long max = Math.min(limits.max(), ModuleRules.MAX_TABLE_ELEMENTS);
    var own = new Table(declared.elementType(), new TableLimits(limits.min(), max));
    return new TableInstance(own, initialValue);
  }

  private static RunOutcome failed(
      FailureCode code, int exitCode, Throwable cause, WasiGuest guest) {
    return new RunOutcome.Failed(code, exitCode, String.valueOf(cause.getMessage()), logs(guest));
  }

  private static RunLogs logs(WasiGuest guest) {
    return new RunLogs(
        guest.stdout().text(),
        guest.stderr().text(),
        guest.stdout().droppedBytes() + guest.stderr().droppedBytes());
  }
}
