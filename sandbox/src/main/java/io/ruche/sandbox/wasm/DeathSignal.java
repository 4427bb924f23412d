package io.ruche.sandbox.wasm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the kernel kill a process when the thread that started it ends: one that stands still cannot
 * notice that nobody is left to talk to. Needs a {@code setpriv} of util-linux 2.33 or later; what
 * else is called so is found out by trying. Used by one thread.
 */
final class DeathSignal {
  private static final int TRIAL_SECONDS = 5;

  private final @Nullable Path setpriv;
  private @Nullable List<String> prefix;

  DeathSignal(Optional<Path> setpriv) {
    this.setpriv = setpriv.orElse(null);
  }

  /** What stands before a command; nothing where it does not work. */
  List<String> prefix() {
    if (prefix == null) {
      prefix = find();
    }
    return prefix;
  }

  private List<String> find() {
    if (setpriv == null) {
      return List.of();
    }
    var words = List.of(setpriv.toString(), "--pdeathsig", "KILL", "--");
    return works(words) ? words : List.of();
  }

  private static boolean works(List<String> words) {
    var trial = new ArrayList<>(words);
    trial.add("true");
    try {
      var process = new ProcessBuilder(trial)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        return process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
