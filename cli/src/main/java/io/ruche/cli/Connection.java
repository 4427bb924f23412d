package io.ruche.cli;

import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.settings.Network;
import io.ruche.cli.wallet.Wallets;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;

/** Opens the network of the settings for a wallet. */
public final class Connection {
  private Connection() {}

  /** With the wallet of the settings, which may sign. */
  public static RucheClient open(Session session) {
    return RucheClient.open(endpoints(session.network()), new Wallets(session).open());
  }

  /** With another wallet than that of the settings. */
  public static RucheClient openAs(Session session, String wallet) {
    return RucheClient.open(endpoints(session.network()), new Wallets(session).open(wallet));
  }

  /** For commands that only read: no wallet is opened, nothing can be signed for anybody. */
  public static RucheClient openToRead(Session session) {
    return RucheClient.open(endpoints(session.network()), Wallet.random());
  }

  public static RucheClient.Endpoints endpoints(Network network) {
    return new RucheClient.Endpoints(
        network.chainId(), network.rpc(), network.hub(), network.market());
  }

  /** The network, when it is a development chain. */
  public static Network requireDevelopment(Session session, String what) {
    var network = session.network();
    if (!endpoints(network).isDevelopment()) {
      throw new RucheException(
          "DEV_CHAIN_ONLY",
          "%s works on a development chain only; this network is chain %d."
              .formatted(what, network.chainId()),
          "On a real chain, send coin and tokens to the wallet's address.",
          false);
    }
    return network;
  }
}
