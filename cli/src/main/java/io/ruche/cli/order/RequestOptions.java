package io.ruche.cli.order;

import io.ruche.core.Address;
import io.ruche.core.DealParams;
import io.ruche.core.RequestOrder;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Demand;
import io.ruche.sdk.StandingOrders;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of a request order. */
final class RequestOptions {
  @Parameters(paramLabel = "APP", description = "Address of the app.")
  Address app = Address.ZERO;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many runs (default: ${DEFAULT-VALUE}).")
  long tasks;

  @Option(names = "--dataset", paramLabel = "ADDRESS", description = "Dataset to run on.")
  Address dataset = Address.ZERO;

  @Option(
      names = "--workerpool",
      paramLabel = "ADDRESS",
      description = "Only this pool, or one of this group (default: any).")
  Address workerpool = Address.ZERO;

  @Option(
      names = "--args",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Command line of the app, in one text.")
  String args = "";

  @Option(
      names = "--trust",
      paramLabel = "N",
      defaultValue = "1",
      description = "The higher, the more copies must agree (default: ${DEFAULT-VALUE}).")
  long trust;

  @Option(
      names = "--category",
      paramLabel = "ID",
      defaultValue = "0",
      description = "See `ruche category list` (default: ${DEFAULT-VALUE}).")
  long category;

  @Option(
      names = "--app-max-price",
      paramLabel = "RUC",
      defaultValue = "0",
      description = "Most to pay the app per task (default: ${DEFAULT-VALUE}).")
  TokenAmount appMaxPrice = TokenAmount.ZERO;

  @Option(
      names = "--dataset-max-price",
      paramLabel = "RUC",
      defaultValue = "0",
      description = "Most to pay the dataset per task (default: ${DEFAULT-VALUE}).")
  TokenAmount datasetMaxPrice = TokenAmount.ZERO;

  @Option(
      names = "--pool-max-price",
      paramLabel = "RUC",
      defaultValue = "0",
      description = "Most to pay the pool per task (default: ${DEFAULT-VALUE}).")
  TokenAmount poolMaxPrice = TokenAmount.ZERO;

  @Option(
      names = "--callback",
      paramLabel = "ADDRESS",
      description = "Contract that receives the result.")
  Address callback = Address.ZERO;

  RequestOrder order(Address requester) {
    if (tasks < 1 || tasks > Demand.MAX_TASKS || trust < 0 || category < 0) {
      throw new RucheException(
          "USAGE",
          "expected 1 to %d tasks, a trust and a category of 0 or more; found %d, %d and %d."
              .formatted(Demand.MAX_TASKS, tasks, trust, category),
          "See `ruche order sign request --help`.",
          false);
    }
    return new RequestOrder(
        app,
        appMaxPrice,
        dataset,
        datasetMaxPrice,
        workerpool,
        poolMaxPrice,
        requester,
        tasks,
        Tag.NONE,
        category,
        trust,
        requester,
        callback,
        DealParams.ofArgs(args).toJson(),
        StandingOrders.salt(),
        Signature.EMPTY);
  }
}
