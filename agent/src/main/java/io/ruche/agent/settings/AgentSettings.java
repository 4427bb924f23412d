package io.ruche.agent.settings;

import io.ruche.chain.wallet.Secret;
import io.ruche.core.Address;
import io.ruche.sandbox.oci.ContainerSettings.Choice;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What the worker's process is told at its start.
 *
 * @param workerpool the zero address takes what the pool says
 * @param account the contract that the hub sees as worker; the zero address for the wallet itself
 * @param maxFetchMiB largest file that is fetched
 * @param engines what runs modules
 * @param allowNetwork whether apps that ask for the network get it
 * @param groups of machines that this one belongs to, by the word of its owner
 * @param minFreeMiB free disk space below which no work is taken
 */
public record AgentSettings(
    URI pool,
    URI rpc,
    long chainId,
    Address hub,
    Address workerpool,
    Address account,
    Path keystore,
    Secret password,
    Path home,
    int slots,
    int memoryMiB,
    int cacheMiB,
    int maxFetchMiB,
    int minFreeMiB,
    List<URI> ipfsGateways,
    Bubblewrap bubblewrap,
    Choice containers,
    EngineSettings engines,
    boolean allowPrivateAddresses,
    boolean allowFileUrls,
    boolean allowNetwork,
    List<String> groups,
    AvailabilitySettings availability) {
  public AgentSettings {
    home = home.toAbsolutePath().normalize();
    groups = List.copyOf(groups);
    ipfsGateways = List.copyOf(ipfsGateways);
  }

  /** Who the hub sees when this wallet works. */
  public Address workerOf(Address wallet) {
    return account.isZero() ? wallet : account;
  }

  AgentSettings with(AvailabilitySettings other) {
    return new AgentSettings(
        pool,
        rpc,
        chainId,
        hub,
        workerpool,
        account,
        keystore,
        password,
        home,
        slots,
        memoryMiB,
        cacheMiB,
        maxFetchMiB,
        minFreeMiB,
        ipfsGateways,
        bubblewrap,
        containers,
        engines,
        allowPrivateAddresses,
        allowFileUrls,
        allowNetwork,
        groups,
        other);
  }
}
