package io.ruche.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the worker's process is started: the one place that knows its Java flags. */
public final class AgentLauncher {
  public static final String MAIN_CLASS = "io.ruche.agent.AgentMain";

  private static final String KIND = "agent";

  /**
   * Small when idle: a serial collector with a small young generation of fixed size, which is
   * always resident, that gives memory back, one compiler tier, short object headers. The heap's
   * bound leaves room for opening a standard key file once, which needs 256 MiB; day to day it
   * stays near 20 MiB.
   */
  public static final List<String> JVM_ARGS = List.of(
      "-XX:+UseSerialGC",
      "-Xms10m",
      "-Xmx352m",
      "-Xmn3m",
      "-XX:MinHeapFreeRatio=10",
      "-XX:MaxHeapFreeRatio=20",
      "-XX:-ShrinkHeapInSteps",
      "-XX:TrimNativeHeapInterval=60000",
      "-XX:TieredStopAtLevel=1",
      "-XX:ReservedCodeCacheSize=24m",
      "-XX:MaxMetaspaceSize=96m",
      "-XX:+UseCompactObjectHeaders",
      "-XX:-UsePerfData",
      "-Xss512k",
      "-XX:+ExitOnOutOfMemoryError",
      "-D" + LogSetup.ENABLED + "=true",
      "--enable-native-access=ALL-UNNAMED");

  private AgentLauncher() {}

  /** The command line of a worker; {@code arguments} are those of {@link AgentMain}. */
  public static List<String> command(Path java, String classpath, List<String> arguments) {
    return command(java, classpath, MAIN_CLASS, arguments);
  }

  /** The same for another main class that wraps this one, as test builds have. */
  public static List<String> command(
      Path java, String classpath, String mainClass, List<String> arguments) {
    return command(java, AotCache.flags(KIND), classpath, mainClass, arguments);
  }

  /** The same with a folder of caches that is named, see {@link AotCache}. */
  public static List<String> command(
      Path java, Path caches, String classpath, List<String> arguments) {
    return command(java, AotCache.flags(caches, KIND), classpath, MAIN_CLASS, arguments);
  }

  private static List<String> command(
      Path java, List<String> cache, String classpath, String mainClass, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(JVM_ARGS);
    command.addAll(cache);
    command.addAll(List.of("-cp", classpath, mainClass));
    command.addAll(arguments);
    return command;
  }
}
