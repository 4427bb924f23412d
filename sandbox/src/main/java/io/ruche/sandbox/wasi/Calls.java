package io.ruche.sandbox.wasi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Collects the functions that one guest may import, and gives each the same answer to errors. */
final class Calls {
  static final String MODULE = "wasi_snapshot_preview1";

  private final List<HostCall> functions = new ArrayList<>();
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
    functions.add(new HostCall(
        MODULE,
        name,
        parameters,
        true,
        (linear, args) -> errnoOf(call, memoryOver(linear), new Arguments(args))));
  }

  private GuestMemory memoryOver(LinearMemory linear) {
    if (memory == null) {
      memory = new GuestMemory(linear);
    }
    return memory;
  }

  /** Adds a function that never answers. */
  void addFinal(String name, IntConsumer call) {
    functions.add(new HostCall(MODULE, name, "i", false, (linear, args) -> {
      call.accept((int) args[0]);
      return 0;
    }));
  }

  List<HostCall> functions() {
    return List.copyOf(functions);
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
}
