package io.ruche.cli.up;

import io.ruche.agent.AotCache;
import io.ruche.cli.Installation;
import io.ruche.cli.up.UpOptions.WorkerProgram;
import io.ruche.core.RucheException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Command line of the server's virtual machine: the one place here that knows its Java flags. */
public final class ServerCommandLine {
  private static final String MAIN_CLASS = "io.ruche.server.ServerMain";

  /** The server mostly waits; on few cores the second compiler costs more than it gives back. */
  private static final List<String> JVM_ARGS = List.of(
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-Xmx512m",
      "-XX:+ExitOnOutOfMemoryError",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow");

  /** A way to certify with its numbers, which the server reads and checks. */
  private static final Pattern METHOD = Pattern.compile("(credibility|adaptive)(:[a-z0-9=.,]+)?");

  private final List<String> command = new ArrayList<>();

  public ServerCommandLine(Installation installation) {
    this(installation, usual(installation));
  }

  /** A server that a test build makes. */
  ServerCommandLine(Installation installation, WorkerProgram program) {
    command.add(installation.java().toString());
    command.addAll(JVM_ARGS);
    command.addAll(AotCache.flags("server"));
    command.addAll(List.of("-cp", program.classpath(), program.mainClass()));
  }

  static WorkerProgram usual(Installation installation) {
    return new WorkerProgram(MAIN_CLASS, installation.classpath());
  }

  public ServerCommandLine flag(String name, Object value) {
    command.add("--" + name + "=" + value);
    return this;
  }

  /** A flag without a value. */
  public ServerCommandLine word(String flag) {
    command.add(flag);
    return this;
  }

  public List<String> command() {
    return List.copyOf(command);
  }

  /** The server's word for what {@code --release} says. */
  public static String certification(String release) {
    return switch (release) {
      case "with-work" -> "WITH_WORK";
      case "after-commit" -> "AFTER_COMMIT";
      case "after-result" -> "AFTER_RESULT";
      case String method when METHOD.matcher(method).matches() -> method;
      default ->
        throw new RucheException(
            "USAGE",
            "expected after-result, with-work, after-commit, credibility or adaptive for --release,"
                + " found %s.".formatted(release),
            "",
            false);
    };
  }
}
