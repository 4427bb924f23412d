package io.ruche.sandbox.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Collects the functions that one guest may import, and gives each the same answer to errors. */
final class Calls {
  static final String MODULE = "wasi_snapshot_preview1";
  private static final long[] NOTHING = {};

  private final List<HostFunction> functions = new ArrayList<>();
  private @Nullable GuestMemory memory;

  /** One call with the guest's arguments; returning means success. */
  interface Call {
    void apply(GuestMemory memory, Arguments args) throws WasiError, IOException;
  }

  /** The raw arguments, read by the type that the function's signature gives them. */
  static final class Arguments {
    private final long[] values;

    Arguments(long[] values) {
      this.values = values;
    }

    int i32(int index) {
      return (int) values[index];
    }

    long i64(int index) {
      return values[index];
    }
  }

  /**
   * Adds a function that answers an error number.
   *
   * @param parameters one letter each: {@code i} for i32, {@code I} for i64
   */
  void add(String name, String parameters, Call call) {
    var type = FunctionType.of(types(parameters), List.of(ValType.I32));
    functions.add(new HostFunction(MODULE, name, type, (instance, args) -> {
      return new long[] {errnoOf(call, memoryOf(instance), new Arguments(args))};
    }));
  }

  private GuestMemory memoryOf(Instance instance) {
    if (memory == null) {
      memory = new GuestMemory(instance.memory());
    }
    return memory;
  }

  /** Adds a function that never answers. */
  void addFinal(String name, IntConsumer call) {
    var type = FunctionType.of(List.of(ValType.I32), List.of());
    functions.add(new HostFunction(MODULE, name, type, (instance, args) -> {
      call.accept((int) args[0]);
      return NOTHING;
    }));
  }

  HostFunction[] functions() {
    return functions.toArray(HostFunction[]::new);
  }

  private static int errnoOf(Call call, GuestMemory memory, Arguments args) {
    try {
      call.apply(memory, args);
      return Errno.SUCCESS;
    } catch (WasiError e) {
      return e.errno().code();
    } catch (IOException e) {
      throw GuestStop.infrastructure("the machine's files failed the app: " + e);
    }
  }

  private static List<ValType> types(String letters) {
    return letters
        .chars()
        .mapToObj(letter -> letter == 'I' ? ValType.I64 : ValType.I32)
        .toList();
  }
}
