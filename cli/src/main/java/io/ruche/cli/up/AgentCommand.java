package io.ruche.cli.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command line of a worker's virtual machine. */
final class AgentCommand {
  private static final List<String> JVM_ARGS = List.of(
      "-XX:+UseSerialGC",
      "-Xmx352m",
      "-XX:TieredStopAtLevel=1",
      "-XX:+ExitOnOutOfMemoryError",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow");

  private AgentCommand() {}

  static List<String> of(Path java, UpOptions.WorkerProgram program, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(JVM_ARGS);
    command.addAll(List.of("-cp", program.classpath(), program.mainClass()));
    command.addAll(arguments);
    return command;
  }
}
