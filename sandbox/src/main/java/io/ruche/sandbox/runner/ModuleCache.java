package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.core.Sha256;
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

/** The modules that this runner compiled last, by the hash of their bytes. One thread at a time. */
final class ModuleCache {
  static final int MAX_MODULES = 16;
  static final long MAX_MODULE_BYTES = 32L << 20;

  private final List<Engine> engines;
  private final Map<Sha256, CompiledModule> modules =
      new LinkedHashMap<>(MAX_MODULES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, CompiledModule> eldest) {
          boolean isTooMany = size() > MAX_MODULES;
          if (isTooMany) {
            eldest.getValue().program().close();
          }
          return isTooMany;
        }
      };

  /** With what compiles: the first engine that takes a module, and the last for all others. */
  ModuleCache(List<Engine> engines) {
    this.engines = List.copyOf(engines);
  }

  CompiledModule get(RunRequest.App.AppFile app) throws ModuleRefused, IOException {
    var known = modules.get(app.sha256());
    if (known != null) {
      return known;
    }
    return compile(app, engines);
  }

  /** The module from now on by the last engine alone: the others failed on it. */
  CompiledModule fallBack(RunRequest.App.AppFile app) throws ModuleRefused, IOException {
    return compile(app, engines.subList(engines.size() - 1, engines.size()));
  }

  private CompiledModule compile(RunRequest.App.AppFile app, List<Engine> by)
      throws ModuleRefused, IOException {
    byte[] bytes = read(app.file());
    requireHash(app, bytes);
    var compiled = CompiledModule.of(bytes, by);
    var before = modules.put(app.sha256(), compiled);
    if (before != null) {
      before.program().close();
    }
    return compiled;
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
