package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A short command of the owner's machine: bounded in time and in what it may say. */
final class BoundedCommand {
  static final int MAX_BYTES = 65_536;
  private static final Set<ProcessHandle> OURS = ConcurrentHashMap.newKeySet();

  private final int maxSeconds;

  BoundedCommand(int maxSeconds) {
    this.maxSeconds = maxSeconds;
  }

  /** Whether a command of ours started it, directly or not. */
  static boolean isOurs(ProcessHandle process) {
    return OURS.contains(process) || process.parent().filter(OURS::contains).isPresent();
  }

  /**
   * What it says on its standard output.
   *
   * @throws RucheException COMMAND_FAILED when it does not start, fails, takes or says too much
   */
  String run(String... line) {
    try {
      var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
      var process = builder.start();
      OURS.add(process.toHandle());
      try {
        return answer(process, line[0]);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        OURS.remove(process.toHandle());
      }
    } catch (IOException e) {
      throw failed(line[0], "cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(line[0], "was interrupted");
    }
  }

  private String answer(Process process, String name) throws IOException, InterruptedException {
    process.getOutputStream().close();
    var killer = Thread.ofVirtual().start(() -> killAfter(process));
    try (var out = process.getInputStream()) {
      byte[] bytes = out.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw failed(name, "said more than %d bytes".formatted(MAX_BYTES));
      }
      int status = process.waitFor();
      if (status != 0) {
        throw failed(name, "ended with exit code %d".formatted(status));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } finally {
      killer.interrupt();
    }
  }

  private void killAfter(Process process) {
    try {
      if (!process.waitFor(maxSeconds, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RucheException failed(String name, String how) {
    return new RucheException("COMMAND_FAILED", "%s %s".formatted(name, how), "", true);
  }
}
