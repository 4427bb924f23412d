package io.ruche.cli.simulate;

import io.ruche.certify.lab.Population;
import picocli.CommandLine.Option;

/** Who works, and how they lie. */
final class PopulationOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      order = 1,
      defaultValue = "200",
      description = "Workers at any time (default: ${DEFAULT-VALUE}).")
  int workers;

  @Option(
      names = "--liars",
      paramLabel = "P",
      order = 2,
      defaultValue = "0.2",
      description = "Fraction of workers that lie, from 0 to 1 (default: ${DEFAULT-VALUE}).")
  double liars;

  @Option(
      names = "--lie-rate",
      paramLabel = "P",
      order = 3,
      defaultValue = "1",
      description = "Chance that a liar lies in one run (default: ${DEFAULT-VALUE}).")
  double lieRate;

  @Option(
      names = "--alone",
      order = 4,
      description = "Each liar has a wrong result of its own; else they all return the same.")
  boolean isAlone;

  @Option(
      names = "--behave",
      paramLabel = "N",
      order = 5,
      defaultValue = "0",
      description = "Runs in which liars behave before they lie (default: ${DEFAULT-VALUE}).")
  int honestRuns;

  @Option(
      names = "--churn",
      paramLabel = "P",
      order = 6,
      defaultValue = "0",
      description = "Chance that a worker is replaced after a run (default: ${DEFAULT-VALUE}).")
  double churn;

  @Option(
      names = "--new-names",
      order = 7,
      description = "Who is banned joins again under a new name.")
  boolean isComingBack;

  /** @throws IllegalArgumentException a number is out of its range */
  Population population() {
    return new Population(workers, liars, lieRate, !isAlone, honestRuns, churn, isComingBack);
  }
}
