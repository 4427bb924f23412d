package io.ruche.cli.order;

import io.ruche.core.Address;
import io.ruche.sdk.Audience;
import picocli.CommandLine.Option;

/** Options that say whom an offer is for; each takes one address, or a group of them. */
public abstract sealed class AudienceOptions {
  @Option(
      names = "--for-requester",
      paramLabel = "ADDRESS",
      description = "Only this requester, or the members of this group, may buy.")
  Address requester = Address.ZERO;

  public abstract Audience get();

  /** Whom an app is for. */
  public static final class OfApp extends AudienceOptions {
    @Option(
        names = "--for-dataset",
        paramLabel = "ADDRESS",
        description = "Only with this dataset, or one of this group.")
    Address dataset = Address.ZERO;

    @Option(
        names = "--for-workerpool",
        paramLabel = "ADDRESS",
        description = "Only in this workerpool, or one of this group.")
    Address workerpool = Address.ZERO;

    @Override
    public Audience get() {
      return new Audience(Address.ZERO, dataset, workerpool, requester);
    }
  }

  /** Whom a dataset is for. */
  public static final class OfDataset extends AudienceOptions {
    @Option(
        names = "--for-app",
        paramLabel = "ADDRESS",
        description = "Only for this app, or one of this group.")
    Address app = Address.ZERO;

    @Option(
        names = "--for-workerpool",
        paramLabel = "ADDRESS",
        description = "Only in this workerpool, or one of this group.")
    Address workerpool = Address.ZERO;

    @Override
    public Audience get() {
      return new Audience(app, Address.ZERO, workerpool, requester);
    }
  }

  /** Whom a workerpool is for. */
  public static final class OfWorkerpool extends AudienceOptions {
    @Option(
        names = "--for-app",
        paramLabel = "ADDRESS",
        description = "Only for this app, or one of this group.")
    Address app = Address.ZERO;

    @Option(
        names = "--for-dataset",
        paramLabel = "ADDRESS",
        description = "Only with this dataset, or one of this group.")
    Address dataset = Address.ZERO;

    @Override
    public Audience get() {
      return new Audience(app, dataset, Address.ZERO, requester);
    }
  }
}
