package io.ruche.sandbox.wasi;

import io.ruche.sandbox.wasi.Calls.Arguments;
import java.util.List;

/** Arguments, variables, time, chance and the end of the process. */
final class ProcessCalls {
  private static final int REALTIME = 0;
  private static final int MONOTONIC = 1;
  private static final int SUBSCRIPTION_BYTES = 48;
  private static final int EVENT_BYTES = 32;
  private static final int CLOCK_EVENT = 0;
  private static final int MAX_SUBSCRIPTIONS = 256;

  private final List<byte[]> arguments;
  private final List<byte[]> variables;
  private final VirtualClock clock = new VirtualClock();
  private final SeededRandom random;

  ProcessCalls(List<String> arguments, List<String> variables, String seed) {
    this.arguments = zeroEnded(arguments);
    this.variables = zeroEnded(variables);
    this.random = new SeededRandom(seed);
  }

  private static List<byte[]> zeroEnded(List<String> texts) {
    return texts.stream().map(text -> GuestMemory.utf8(text + '\0')).toList();
  }

  void addTo(Calls calls) {
    calls.add("args_get", "ii", (memory, args) -> writeAll(memory, arguments, args));
    calls.add("args_sizes_get", "ii", (memory, args) -> writeSizes(memory, arguments, args));
    calls.add("environ_get", "ii", (memory, args) -> writeAll(memory, variables, args));
    calls.add("environ_sizes_get", "ii", (memory, args) -> writeSizes(memory, variables, args));
    calls.add("clock_res_get", "ii", (memory, args) -> {
      requireClock(args.i32(0));
      memory.writeLong(args.i32(1), VirtualClock.TICK_NANOS);
    });
    calls.add("clock_time_get", "iIi", (memory, args) -> {
      requireClock(args.i32(0));
      memory.writeLong(args.i32(2), clock.read());
    });
    calls.add("random_get", "ii", this::fillRandom);
    calls.add("poll_oneoff", "iiii", this::poll);
    calls.add("sched_yield", "", (memory, args) -> {});
    calls.add("proc_raise", "i", (memory, args) -> {
      throw new WasiError(Errno.NOSYS);
    });
    calls.addFinal("proc_exit", exitCode -> {
      throw GuestStop.exit(exitCode);
    });
  }

  private static void writeAll(GuestMemory memory, List<byte[]> texts, Arguments args) {
    int pointer = args.i32(0);
    int target = args.i32(1);
    for (byte[] text : texts) {
      memory.writeInt(pointer, target);
      memory.write(target, text);
      pointer += Integer.BYTES;
      target += text.length;
    }
  }

  private static void writeSizes(GuestMemory memory, List<byte[]> texts, Arguments args) {
    memory.writeInt(args.i32(0), texts.size());
    memory.writeInt(args.i32(1), texts.stream().mapToInt(text -> text.length).sum());
  }

  private static void requireClock(int clockId) throws WasiError {
    if (clockId != REALTIME && clockId != MONOTONIC) {
      throw new WasiError(clockId == 2 || clockId == 3 ? Errno.NOTSUP : Errno.INVAL);
    }
  }

  private void fillRandom(GuestMemory memory, Arguments args) {
    memory.requireInside(args.i32(0), args.i32(1));
    var bytes = new byte[GuestMemory.CHUNK_BYTES];
    for (int done = 0; done < args.i32(1); done += bytes.length) {
      int length = Math.min(bytes.length, args.i32(1) - done);
      random.fill(bytes, length);
      memory.write(args.i32(0) + done, bytes, length);
    }
  }

  /**
   * Waiting takes no real time: files and streams are always ready, and when only clocks are waited
   * for, the virtual clock jumps to the earliest.
   */
  private void poll(GuestMemory memory, Arguments args) throws WasiError {
    int subscriptions = args.i32(0);
    int count = args.i32(2);
    if (count <= 0 || count > MAX_SUBSCRIPTIONS) {
      throw new WasiError(Errno.INVAL);
    }
    int ready = 0;
    int earliest = -1;
    for (int i = 0; i < count; i++) {
      int at = subscriptions + i * SUBSCRIPTION_BYTES;
      if (memory.readByte(at + 8) != CLOCK_EVENT) {
        writeEvent(memory, at, args.i32(1) + EVENT_BYTES * ready++);
      } else if (earliest < 0 || wakeTime(memory, at) < wakeTime(memory, earliest)) {
        earliest = at;
      }
    }
    if (ready == 0) {
      clock.sleepUntil(wakeTime(memory, earliest));
      writeEvent(memory, earliest, args.i32(1) + EVENT_BYTES * ready++);
    }
    memory.writeInt(args.i32(3), ready);
  }

  private long wakeTime(GuestMemory memory, int subscription) throws WasiError {
    requireClock(memory.readInt(subscription + 16));
    long timeout = memory.readLong(subscription + 24);
    boolean isAbsolute = (memory.readShort(subscription + 40) & 1) != 0;
    return isAbsolute ? timeout : clock.after(timeout);
  }

  private static void writeEvent(GuestMemory memory, int subscription, int event) {
    long userData = memory.readLong(subscription);
    int type = memory.readByte(subscription + 8);
    memory.zero(event, EVENT_BYTES);
    memory.writeLong(event, userData);
    memory.writeByte(event + 10, type);
  }
}
