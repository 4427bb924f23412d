package io.ruche.cli.run;

import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code ruche run}. */
final class RunOptions {
  @Parameters(paramLabel = "APP", description = "Address of the app.")
  Address app = Address.ZERO;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many runs; each sees its index (default: ${DEFAULT-VALUE}).")
  long tasks;

  @Option(names = "--dataset", paramLabel = "ADDRESS", description = "Dataset to run on.")
  Address dataset = Address.ZERO;

  @Option(
      names = "--args",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Command line of the app, in one text.")
  String args = "";

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Function of the app's manifest, instead of --args; see `ruche app show`.")
  @Nullable
  String function;

  @Option(
      names = "--arg",
      paramLabel = "VALUE",
      description = "Argument of the function, in order; a list is a JSON array.")
  List<String> arguments = List.of();

  @Option(
      names = "--input",
      paramLabel = "FILE_OR_URL",
      description = "Further input; may be given several times. Files are stored with the market.")
  List<String> inputs = List.of();

  @Option(
      names = "--need",
      paramLabel = "WHAT",
      description = "Only machines that have it: gpu, network, cpu=N, memoryMiB=N, diskMiB=N,"
          + " arch=NAME or group=NAME; may be given several times. An app reaches the network"
          + " only when it is asked for here; memoryMiB is also the limit of the run.")
  List<String> needs = List.of();

  @Option(
      names = "--trust",
      paramLabel = "N",
      defaultValue = "1",
      description = "The higher, the more copies must agree; the quote says how many and what error"
          + " is left (default: ${DEFAULT-VALUE}).")
  long trust;

  @Option(
      names = "--category",
      paramLabel = "ID",
      defaultValue = "0",
      description = "Class of run times, see `ruche category list` (default: ${DEFAULT-VALUE}).")
  long category;

  @Option(
      names = "--workerpool",
      paramLabel = "ADDRESS",
      description = "Only this pool, or one of this group (default: the cheapest that fits).")
  Address workerpool = Address.ZERO;

  @Option(
      names = "--max-price",
      paramLabel = "RUC",
      description = "Refuse when all tasks together cost more.")
  @Nullable
  TokenAmount maxPrice;

  @Option(
      names = "--max-fuel",
      paramLabel = "FUEL",
      description =
          "A run that needs more ends in a certified failure: such as 5G, never above what"
              + " the category allows.")
  @Nullable
  String maxFuel;

  @Option(
      names = "--max-queue-seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "A task that no machine was given so long after the match is cancelled, and"
          + " charged like a run; 0 waits as long as the category (default: ${DEFAULT-VALUE}).")
  long maxQueueSeconds;

  @Option(
      names = "--max-run-seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "A run that takes longer ends in a certified failure; 0 leaves it to the"
          + " category, which is never exceeded (default: ${DEFAULT-VALUE}).")
  long maxRunSeconds;

  @Option(
      names = "--sponsor",
      paramLabel = "WALLET",
      description = "Another wallet that pays: a name in the home, or a key file.")
  @Nullable
  String sponsor;

  @Option(names = "--watch", description = "Wait until all tasks have ended.")
  boolean isWatched;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Wait, then fetch and verify the results into this folder.")
  @Nullable
  Path outputDir;

  @Option(
      names = "--dry-run",
      description = "Tell the price, and what earlier runs used, and stop.")
  boolean isDryRun;

  @Option(
      names = "--skip-preflight",
      description = "Do not fetch app and dataset first to check them.")
  boolean skipsPreflight;
}
