package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.core.Sha256;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The modules that this runner compiled last, by the hash of their bytes. One thread at a time. */
final class ModuleCache {
  static final int MAX_MODULES = 16;
  static final long MAX_MODULE_BYTES = 32L << 20;

  /** Larger ones take long to compile, which would be for nothing should a run be long. */
  private static final long MAX_QUICK_BYTES = 256L << 10;

  /** More memory than so takes longer to clear than a short run takes. */
  private static final int MAX_QUICK_PAGES = 32;

  private final List<Engine> engines;
  private final Map<Sha256, Known> modules = new LinkedHashMap<>(MAX_MODULES, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Sha256, Known> eldest) {
      boolean isTooMany = size() > MAX_MODULES;
      if (isTooMany) {
        eldest.getValue().close();
      }
      return isTooMany;
    }
  };

  private static final class Known {
    private final CompiledModule compiled;
    private final ShortRuns shortRuns = new ShortRuns();
    private @Nullable CompiledModule quick;

    Known(CompiledModule compiled) {
      this.compiled = compiled;
    }

    void close() {
      compiled.program().close();
      if (quick != null) {
        quick.program().close();
      }
    }
  }

  /** With what compiles: the first engine that takes a module, and the last for all others. */
  ModuleCache(List<Engine> engines) {
    this.engines = List.copyOf(engines);
  }

  CompiledModule get(RunRequest.App.AppFile app) throws ModuleRefused, IOException {
    var known = modules.get(app.sha256());
    return known != null ? known.compiled : put(app, compile(app, engines));
  }

  /** The module from now on by the last engine alone: the others failed on it. */
  CompiledModule fallBack(RunRequest.App.AppFile app) throws ModuleRefused, IOException {
    return put(app, compile(app, last()));
  }

  /** Code of the last engine for a known module whose runs are short; null where it has none. */
  @Nullable
  CompiledModule quick(RunRequest.App.AppFile app) {
    var known = modules.get(app.sha256());
    if (known == null || known.compiled.isFallback() || !known.shortRuns.isExpected()) {
      return null;
    }
    if (known.quick == null) {
      known.quick = compileQuick(app, known);
    }
    return known.quick;
  }

  /** To be told of each run of a known module. */
  void ended(RunRequest.App.AppFile app, RunOutcome outcome) {
    var known = modules.get(app.sha256());
    if (known != null) {
      known.shortRuns.ended(outcome);
    }
  }

  private CompiledModule put(RunRequest.App.AppFile app, CompiledModule compiled) {
    var before = modules.put(app.sha256(), new Known(compiled));
    if (before != null) {
      before.close();
    }
    return compiled;
  }

  /** What the last engine cannot do well is left to the first, which can. */
  private @Nullable CompiledModule compileQuick(RunRequest.App.AppFile app, Known known) {
    try {
      int pages = ModuleRules.memoryOf(known.compiled.module()).initialPages();
      if (pages <= MAX_QUICK_PAGES && Files.size(app.file()) <= MAX_QUICK_BYTES) {
        return compile(app, last()).withFallback();
      }
    } catch (ModuleRefused
        | IOException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError e) {
      // It has run, so there is nothing wrong with it.
    }
    known.shortRuns.stop();
    return null;
  }

  private List<Engine> last() {
    return engines.subList(engines.size() - 1, engines.size());
  }

  private static CompiledModule compile(RunRequest.App.AppFile app, List<Engine> by)
      throws ModuleRefused, IOException {
    byte[] bytes = read(app.file());
    requireHash(app, bytes);
    return CompiledModule.of(bytes, by);
  }

  private static byte[] read(Path file) throws ModuleRefused, IOException {
    long sizeBytes = Files.size(file);
    if (sizeBytes > MAX_MODULE_BYTES) {
      throw new ModuleRefused(
          FailureCode.UNSUPPORTED,
          "expected an app of at most %d bytes, found %d".formatted(MAX_MODULE_BYTES, sizeBytes));
    }
    return Files.readAllBytes(file);
  }

  private static void requireHash(RunRequest.App.AppFile app, byte[] bytes) throws ModuleRefused {
    var found = sha256(bytes);
    if (!found.equals(app.sha256())) {
      throw new ModuleRefused(
          FailureCode.CHECKSUM,
          "expected the app's sha256 %s, found %s".formatted(app.sha256(), found));
    }
  }

  private static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
