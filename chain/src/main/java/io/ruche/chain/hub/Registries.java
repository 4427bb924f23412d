package io.ruche.chain.hub;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.rpc.Rpc;
import io.ruche.core.Address;
import io.ruche.core.Sha256;
import java.util.ArrayList;
import java.util.List;

/** The three registries of a hub: creating resources, predicting their addresses, listing them. */
public final class Registries {
  private static final int PAGE = 100;

  private final Rpc rpc;
  private final Address apps;
  private final Address datasets;
  private final Address workerpools;

  Registries(Rpc rpc, Address apps, Address datasets, Address workerpools) {
    this.rpc = rpc;
    this.apps = apps;
    this.datasets = datasets;
    this.workerpools = workerpools;
  }

  public Address apps() {
    return apps;
  }

  public Address datasets() {
    return datasets;
  }

  public Address workerpools() {
    return workerpools;
  }

  /** What an app is created with; a registry refuses the same one twice for an owner. */
  public record NewApp(Address owner, String name, String type, String location, Sha256 checksum) {}

  public record NewDataset(Address owner, String name, String location, Sha256 checksum) {}

  public record NewWorkerpool(Address owner, String description) {}

  public Call create(NewApp app) {
    return Call.of(apps, HubAbi.CREATE_APP.encode(fields(app)));
  }

  public Call create(NewDataset dataset) {
    return Call.of(datasets, HubAbi.CREATE_DATASET.encode(fields(dataset)));
  }

  public Call create(NewWorkerpool pool) {
    return Call.of(workerpools, HubAbi.CREATE_WORKERPOOL.encode(fields(pool)));
  }

  /**
   * The address that {@link #create} gives; ask it first, and {@link Hub#app} whether it exists.
   */
  public Address predict(NewApp app) {
    return address(Call.of(apps, HubAbi.PREDICT_APP.encode(fields(app))));
  }

  public Address predict(NewDataset dataset) {
    return address(Call.of(datasets, HubAbi.PREDICT_DATASET.encode(fields(dataset))));
  }

  public Address predict(NewWorkerpool pool) {
    return address(Call.of(workerpools, HubAbi.PREDICT_WORKERPOOL.encode(fields(pool))));
  }

  public boolean isApp(Address address) {
    return isRegistered(apps, address);
  }

  public boolean isDataset(Address address) {
    return isRegistered(datasets, address);
  }

  public boolean isWorkerpool(Address address) {
    return isRegistered(workerpools, address);
  }

  /** At most {@code limit} apps, newest first. */
  public List<Address> newestApps(int limit) {
    return newest(apps, limit);
  }

  public List<Address> newestDatasets(int limit) {
    return newest(datasets, limit);
  }

  public List<Address> newestWorkerpools(int limit) {
    return newest(workerpools, limit);
  }

  /** Sent by the pool's owner: the worker stake and the pool's share of rewards, in percent. */
  public Call changePolicy(Address pool, long workerStakeRatio, long schedulerRewardRatio) {
    var arguments = new AbiEncoder().uint(workerStakeRatio).uint(schedulerRewardRatio);
    return Call.of(pool, HubAbi.CHANGE_POLICY.encode(arguments));
  }

  private List<Address> newest(Address registry, int limit) {
    long total =
        AbiDecoder.of(rpc.call(Call.of(registry, HubAbi.TOTAL_SUPPLY.encode()))).cappedLong();
    var found = new ArrayList<Address>();
    for (long last = total; last > 0 && found.size() < limit; last -= PAGE) {
      var page = new ArrayList<Call>();
      for (long i = last - 1; i >= Math.max(0, last - PAGE); i--) {
        page.add(Call.of(registry, HubAbi.TOKEN_BY_INDEX.encode(new AbiEncoder().uint(i))));
      }
      rpc.callAll(page).forEach(bytes -> found.add(AbiDecoder.of(bytes).address()));
    }
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  private boolean isRegistered(Address registry, Address resource) {
    return AbiDecoder.of(rpc.call(call(registry, HubAbi.IS_REGISTERED, resource)))
        .bool();
  }

  private static Call call(Address to, AbiFunction function, Address argument) {
    return Call.of(to, function.encode(new AbiEncoder().address(argument)));
  }

  private Address address(Call call) {
    return AbiDecoder.of(rpc.call(call)).address();
  }

  private static AbiEncoder fields(NewApp app) {
    return new AbiEncoder()
        .address(app.owner())
        .text(app.name())
        .text(app.type())
        .bytes(Multiaddr.bytesOf(app.location()))
        .word(app.checksum().bytes())
        .bytes(new byte[0]);
  }

  private static AbiEncoder fields(NewDataset dataset) {
    return new AbiEncoder()
        .address(dataset.owner())
        .text(dataset.name())
        .bytes(Multiaddr.bytesOf(dataset.location()))
        .word(dataset.checksum().bytes());
  }

  private static AbiEncoder fields(NewWorkerpool pool) {
    return new AbiEncoder().address(pool.owner()).text(pool.description());
  }
}
