package io.ruche.sandbox.runner;

import com.dylibso.chicory.wasm.Parser;
import io.ruche.sandbox.engine.Engine;
import io.ruche.sandbox.engine.Engine.EngineRefusal;
import io.ruche.sandbox.rewrite.Exports;
import io.ruche.sandbox.rewrite.ModuleRewriter;
import io.ruche.sandbox.rewrite.UnsupportedModule;
import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.HostCall;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Whether an engine gives the answers that every engine must give, down to the fuel, on this
 * machine. A few milliseconds; takes no run's place.
 */
final class EngineTrial {
  /**
   * Asks the host what to do: 0 computes over memory, through a table, with a NaN, and grows; 1
   * divides by zero; 2 reads outside the memory; 3 recurses forever; 4 loops forever. Its source is
   * {@code trial.wat} beside the tests.
   */
  private static final String MODULE = """
      AGFzbQEAAAABGAVgAX8BfmABfwF/YAJ/fgF/YAABfmAAAAIaAgVydWNoZQNhc2sAAQVydWNoZQR0b2xkAAID
      BQQAAQMEBAQBcAABBQQBAQEEBwoBBl9zdGFydAAFCQcBAEEACwECCsoBBC0BAX4DQCABQh9+IAAxAAB8IQFB
      gAggATcDACAAQQFqIQAgAEHMCEkNAAsgAQsMACAAQQFqEANBAWoLIABEAAAAAAAAAABEAAAAAAAA8D9EAAAA
      AAAA8D+ho70LbAEBf0EHEAAhACAAQQBGBEBBAUEAQQARAAAQARpBAhAEEAEaQQNBAkAArBABGgsgAEEBRgRA
      IAAgAEEBa20aCyAAQQJGBEBB8P///wcoAgAaCyAAQQNGBEBBABADGgsgAEEERgRAA0AMAAsLCw==
      """;

  private static final long FUEL = 1_000_000;
  private static final int MAX_PAGES = 4;
  private static final long SEED = 0x0123456789abcdefL;

  /** What each question must come to: how it ends, what the module told, how much fuel is left. */
  private static final List<String> EXPECTED = List.of(
      "end, stop 0, told [7, -2397701314206193061, -2397701314206193061,"
          + " 9221120237041090560, -2397701314206193061, 1, -2397701314206193061], fuel left 963370",
      "trap, stop 0, told [7], fuel left 999877",
      "trap, stop 0, told [7], fuel left 999877",
      "trap, stop 2, told [7], fuel left 947452",
      "trap, stop 1, told [7], fuel left -1");

  private final List<Long> told = new ArrayList<>();

  private EngineTrial() {}

  /** What is wrong with this engine, if anything; tried on a thread like a guest's. */
  static Optional<String> fault(Engine engine) throws InterruptedException {
    var trial = new FutureTask<>(() -> faultOnThisThread(engine));
    new Thread(null, trial, "trial", GuestThread.STACK_BYTES).start();
    try {
      return trial.get();
    } catch (ExecutionException e) {
      return Optional.of("self-test: " + e.getCause());
    }
  }

  private static Optional<String> faultOnThisThread(Engine engine) {
    try (var program = engine.compile(module())) {
      var trial = new EngineTrial();
      for (int question = 0; question < EXPECTED.size(); question++) {
        var found = trial.ask(program, question);
        if (!found.equals(EXPECTED.get(question))) {
          return Optional.of("self-test %d: expected \"%s\", found \"%s\""
              .formatted(question, EXPECTED.get(question), found));
        }
      }
      return Optional.empty();
    } catch (EngineRefusal | RuntimeException | LinkageError e) {
      return Optional.of("self-test: " + e);
    }
  }

  static byte[] module() {
    byte[] bytes = Base64.getMimeDecoder().decode(MODULE);
    try {
      return ModuleRewriter.rewrite(bytes, Parser.parse(bytes));
    } catch (UnsupportedModule e) {
      throw new IllegalStateException("the module of the trial is supported", e);
    }
  }

  private String ask(Engine.Program program, int question) {
    told.clear();
    var imports = List.of(
        new HostCall("ruche", "ask", "i", true, (memory, arguments) -> {
          told.add(arguments[0]);
          memory.writeLong(0, SEED);
          return question;
        }),
        new HostCall("ruche", "told", "iI", true, (memory, arguments) -> {
          told.add(arguments[1]);
          told.add(memory.readLong(1024));
          return 0;
        }));
    try (var instance = program.instantiate(imports)) {
      instance.call(Exports.BEGIN, FUEL, MAX_PAGES);
      var end = end(instance);
      return "%s, stop %d, told %s, fuel left %d"
          .formatted(
              end, instance.call(Exports.STOP_REASON), told, instance.call(Exports.FUEL_LEFT));
    }
  }

  private static String end(Engine.Instance instance) {
    try {
      instance.call(Exports.RUN);
      return "end";
    } catch (GuestTrap e) {
      return "trap";
    }
  }
}
