package io.ruche.sandbox.wasi;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Everything that one run of a module may reach: {@code /iexec_in} to read, {@code /iexec_out} to
 * write, its arguments and variables, two bounded logs. To be used by one thread, for one run.
 */
public final class WasiGuest implements AutoCloseable {
  public static final String INPUT = "/iexec_in";
  public static final String OUTPUT = "/iexec_out";

  /** More than this of a stream is dropped; the run goes on. */
  public static final int MAX_LOG_BYTES = 1 << 20;

  private final BoundedLog stdout;
  private final BoundedLog stderr;
  private final DescriptorTable descriptors;
  private final Calls calls = new Calls();

  /** What the guest is told; the first argument, by custom the program's name, is {@code app}. */
  public record Setting(
      List<String> args, SortedMap<String, String> env, String seed, RunListener listener) {}

  /** The folders of the machine behind the guest's two folders. */
  public record Mounts(Path input, Path output) {}

  /**
   * Reads the folders.
   *
   * @throws IOException when they cannot be read or hold links or special files
   * @throws GuestStop when what already lies in the output folder breaks the limits
   */
  public WasiGuest(Setting setting, Mounts mounts, RunLimits limits) throws IOException {
    var listener = setting.listener();
    stdout = new BoundedLog(MAX_LOG_BYTES, bytes -> listener.logged(LogStream.STDOUT, bytes));
    stderr = new BoundedLog(MAX_LOG_BYTES, bytes -> listener.logged(LogStream.STDERR, bytes));
    var tree = new FileTree(new OutputQuota(limits.outputBytes(), limits.outputFiles()));
    descriptors = new DescriptorTable(tree);
    try {
      descriptors.add(new Descriptor.EmptyInput());
      descriptors.add(new Descriptor.LogOutput(stdout));
      descriptors.add(new Descriptor.LogOutput(stderr));
      descriptors.add(new Descriptor.OpenFolder(tree.scan(mounts.input(), false), INPUT));
      descriptors.add(new Descriptor.OpenFolder(tree.scan(mounts.output(), true), OUTPUT));
    } catch (WasiError e) {
      throw new IllegalStateException("five descriptors do not fit an empty table", e);
    }
    var arguments = new ArrayList<>(List.of("app"));
    arguments.addAll(setting.args());
    new ProcessCalls(arguments, variables(setting.env()), setting.seed()).addTo(calls);
    new FileCalls(tree, descriptors).addTo(calls);
    new PathCalls(tree, descriptors).addTo(calls);
    SocketCalls.addTo(calls);
  }

  private static List<String> variables(Map<String, String> env) {
    return env.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  public List<HostCall> functions() {
    return calls.functions();
  }

  public BoundedLog stdout() {
    return stdout;
  }

  public BoundedLog stderr() {
    return stderr;
  }

  @Override
  public void close() throws IOException {
    descriptors.close();
  }
}
