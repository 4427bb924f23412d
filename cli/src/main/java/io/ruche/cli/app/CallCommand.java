package io.ruche.cli.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.FuelText;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.core.RunUsage;
import io.ruche.manifest.AbiText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a module once on this machine. */
@Command(
    name = "call",
    description = {
      "Run an app once on this machine, as a worker would, and show its answer.",
      "Nothing is bought and no chain is needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche app call chess.wasm --function outcome --arg 0x4235..ebac --arg 30",
      "  ruche app call chess.wasm --args 0x021df747..."
    })
public final class CallCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "MODULE", description = "The app: a WASI module.")
  private Path module = Path.of("");

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Function of the app's manifest; see `ruche app show`.")
  private @Nullable String function;

  @Option(
      names = "--arg",
      paramLabel = "VALUE",
      description = "Argument of the function, in order; a list is a JSON array.")
  private List<String> arguments = List.of();

  @Option(
      names = "--args",
      paramLabel = "HEX",
      description = "Calldata, instead of a function and its arguments.")
  private @Nullable String args;

  public CallCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    requireOneForm();
    byte[] bytes = AppModule.read(module);
    var call = function == null
        ? null
        : FunctionCall.of(AppModule.requireManifest(bytes, module.toString()), function, arguments);
    var word = call == null ? calldata() : call.args();
    try (var app = LocalApp.open(module)) {
      return show(call, app.call(List.of(word)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RucheException("CANCELLED", "the run was interrupted.", "", false, e);
    }
  }

  private void requireOneForm() {
    if ((function == null) == (args == null) || (args != null && !arguments.isEmpty())) {
      throw usage("expected either --function with its --arg, or --args");
    }
  }

  private String calldata() {
    try {
      return Hex.encode(Hex.decode(String.valueOf(args)));
    } catch (IllegalArgumentException e) {
      throw usage("--args: " + e.getMessage());
    }
  }

  private static RucheException usage(String message) {
    return new RucheException("USAGE", message + ".", "See `ruche app call --help`.", false);
  }

  private int show(@Nullable FunctionCall call, LocalOutcome outcome) {
    switch (outcome) {
      case LocalOutcome.Answered(var answer, var _, var usage) ->
        session.answer(withUsage(answered(call, answer.toArray()), usage));
      case LocalOutcome.Failed failed -> session.answer(withUsage(failed(failed), failed.usage()));
    }
    return outcome instanceof LocalOutcome.Answered ? ExitCode.OK : ExitCode.FAILED;
  }

  private Answer withUsage(Answer answer, RunUsage usage) {
    var fuel = usage.fuel();
    if (fuel != null) {
      session.note("Fuel: %s in %d ms.".formatted(FuelText.of(fuel), usage.runMillis()));
    }
    if (fuel != null && answer.json() instanceof ObjectNode json) {
      json.put("fuel", fuel).put("runMillis", usage.runMillis());
    }
    return answer;
  }

  private static Answer answered(@Nullable FunctionCall call, byte[] answer) {
    var hex = Hex.encode(answer);
    if (call == null) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("answer", hex);
      return new Answer(json, List.of(Fields.of(Fields.field("answer", hex))), List.of(hex));
    }
    var values = call.decode(answer);
    return new Answer(
        AnswerText.json(call, answer),
        List.of(AnswerText.table(call, values)),
        values.stream().map(AbiText::of).toList());
  }

  private static Answer failed(LocalOutcome.Failed failed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("failure")
        .put("code", failed.failure().code())
        .put("detail", failed.failure().detail());
    json.put("reason", failed.reason()).put("log", failed.log());
    return new Answer(
        json,
        List.of(Fields.of(
            Fields.field("failure", failed.failure().detail()),
            Fields.field("code", failed.failure().code()),
            Fields.field("reason", failed.reason()),
            Fields.field("log", failed.log().strip()))),
        List.of(failed.failure().detail()));
  }
}
