package io.ruche.cli.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Reason;
import io.ruche.cli.output.Table;
import io.ruche.core.RucheException;
import io.ruche.manifest.stubs.Stub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes typed clients of an app. */
@Command(
    name = "stubs",
    description = "Write a Solidity library and a Java class from an app's manifest.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche app stubs manifest.json --solidity src",
      "  ruche app stubs chess.wasm --java src/main/java --package org.example --check"
    })
public final class StubsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "A manifest, or a module that carries one.")
  private Path file = Path.of("");

  @Option(names = "--solidity", paramLabel = "DIR", description = "Where the library goes.")
  private @Nullable Path solidity;

  @Option(
      names = "--java",
      paramLabel = "DIR",
      description = "Source folder of the class; needs --package.")
  private @Nullable Path java;

  @Option(names = "--package", paramLabel = "NAME", description = "Package of the class.")
  private @Nullable String packageName;

  @Option(names = "--check", description = "Write nothing; fail when a file would change.")
  private boolean isCheck;

  public StubsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var stubs = stubs();
    if (isCheck) {
      requireCurrent(stubs);
    } else {
      stubs.forEach(StubsCommand::write);
    }
    var json = JsonNodeFactory.instance.objectNode();
    var files = json.putArray("files");
    stubs.keySet().forEach(path -> files.add(path.toString()));
    var names = stubs.keySet().stream().map(Path::toString).toList();
    session.answer(new Answer(
        json,
        List.of(new Table(
            List.of("FILE"), names.stream().map(name -> List.of(Cell.of(name))).toList())),
        names));
    return ExitCode.OK;
  }

  private SequencedMap<Path, String> stubs() {
    if (solidity == null && java == null) {
      throw usage("expected --solidity, --java or both");
    }
    if (java != null && packageName == null) {
      throw usage("expected a --package for --java");
    }
    var manifest = AppModule.manifestOf(file);
    var stubs = new TreeMap<Path, String>();
    if (solidity != null) {
      add(stubs, solidity, Stub.solidity(manifest));
    }
    if (java != null) {
      try {
        add(stubs, java, Stub.java(manifest, String.valueOf(packageName)));
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()));
      }
    }
    return stubs;
  }

  private static void add(SequencedMap<Path, String> stubs, Path folder, Stub stub) {
    stubs.put(folder.resolve(stub.path()), stub.source());
  }

  private static void requireCurrent(SequencedMap<Path, String> stubs) {
    var stale = stubs.entrySet().stream()
        .filter(stub -> !stub.getValue().equals(found(stub.getKey())))
        .map(stub -> stub.getKey().toString())
        .toList();
    if (!stale.isEmpty()) {
      throw new RucheException(
          "STUBS_STALE",
          "the manifest gives other text than found in %s.".formatted(String.join(", ", stale)),
          "Run the same command without --check.",
          false);
    }
  }

  private static @Nullable String found(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  private static void write(Path file, String source) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, source);
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  private static RucheException failed(String verb, Path file, IOException cause) {
    return new RucheException(
        "FILE_FAILED",
        "cannot %s %s: %s.".formatted(verb, file, Reason.of(cause)),
        "Check the path and its rights.",
        false,
        cause);
  }

  private static RucheException usage(String message) {
    return new RucheException("USAGE", message + ".", "See `ruche app stubs --help`.", false);
  }
}
