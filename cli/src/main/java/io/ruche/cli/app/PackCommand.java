package io.ruche.cli.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Reason;
import io.ruche.core.RucheException;
import io.ruche.manifest.WasmSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a manifest into a module. */
@Command(
    name = "pack",
    description = "Put a manifest into a module, so that it travels with the app.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche app pack built.wasm manifest.json --to chess.wasm",
      "  ruche app pack built.wasm manifest.json --to chess.wasm --output json"
    })
public final class PackCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "MODULE", description = "The app: a WASI module.")
  private Path module = Path.of("");

  @Parameters(index = "1", paramLabel = "MANIFEST", description = "The manifest, JSON.")
  private Path manifestFile = Path.of("");

  @Option(names = "--to", paramLabel = "FILE", required = true, description = "Where it goes.")
  private Path target = Path.of("");

  public PackCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    byte[] json = AppModule.read(manifestFile);
    var manifest = AppModule.parse(json, manifestFile.toString());
    try {
      Files.write(target, WasmSection.add(AppModule.read(module), json));
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "MODULE_INVALID",
          "%s cannot be used: %s.".formatted(module, e.getMessage()),
          "Give the module as the compiler wrote it.",
          false,
          e);
    } catch (IOException e) {
      throw new RucheException(
          "FILE_FAILED",
          "cannot write %s: %s.".formatted(target, Reason.of(e)),
          "Check the path and its rights.",
          false,
          e);
    }
    var answer = JsonNodeFactory.instance
        .objectNode()
        .put("file", target.toString())
        .put("name", manifest.name())
        .put("version", manifest.version())
        .put("manifestHash", manifest.hash().hex());
    session.answer(new Answer(
        answer,
        List.of(Fields.of(
            Fields.field("file", target),
            Fields.field("app", manifest.name() + " " + manifest.version()),
            Fields.field("manifest", manifest.hash()))),
        List.of(target.toString())));
    return ExitCode.OK;
  }
}
