package io.ruche.server;

import io.ruche.chain.hub.Hub;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.server.settings.ServerSettings;
import io.ruche.server.settings.ServerSettings.PoolSettings;
import io.ruche.store.Database;
import io.ruche.store.SqlFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;

/** What must hold before a server starts. */
final class PoolChecks {
  private static final long MAX_KEY_FILE_BYTES = 65_536;
  private static final String POOL_FACT = "workerpool";
  private static final String CHAIN_FACT = "chain and hub";

  private PoolChecks() {}

  /** Opens the pool owner's key file. */
  static Wallet wallet(PoolSettings pool) {
    try {
      if (Files.size(pool.walletFile()) > MAX_KEY_FILE_BYTES) {
        throw new IOException("it is larger than 64 KiB");
      }
      return Keystore.open(Files.readString(pool.walletFile()), Secret.of(pool.password()));
    } catch (IOException e) {
      throw new RucheException(
          "WALLET_STORE",
          "the key file %s cannot be used: %s.".formatted(pool.walletFile(), e),
          "Name the pool owner's key file with --wallet-file.",
          false,
          e);
    }
  }

  /** A home belongs to one chain and hub for good: ids of another would mean other things. */
  static void requireSameChain(Database database, ServerSettings.Chain chain) {
    refuseOtherChain(database, chain);
    var facts = new SqlFacts(database);
    if (facts.find(CHAIN_FACT).isEmpty()) {
      facts.put(CHAIN_FACT, name(chain));
    }
  }

  /** The same without a write: a standby must not. */
  static void refuseOtherChain(Database database, ServerSettings.Chain chain) {
    var mine = name(chain);
    var known = new SqlFacts(database).find(CHAIN_FACT);
    if (known.isPresent() && !known.get().equals(mine)) {
      throw new RucheException(
          "HOME_OF_OTHER_CHAIN",
          "%s holds the state of chain and hub %s, this is %s."
              .formatted(database.name(), known.get(), mine),
          "Choose another --home or --database for this chain.",
          false);
    }
  }

  /**
   * Servers of one database run one pool: a successor of another would neither know its deals nor
   * be known to its workers.
   */
  static void requireSamePool(Database database, Address workerpool) {
    refuseOtherPool(database, workerpool);
    var facts = new SqlFacts(database);
    if (facts.find(POOL_FACT).isEmpty()) {
      facts.put(POOL_FACT, workerpool.hex());
    }
  }

  /** The same without a write: a standby must not. */
  static void refuseOtherPool(Database database, Address workerpool) {
    var known = new SqlFacts(database).find(POOL_FACT);
    if (known.isPresent() && !known.get().equals(workerpool.hex())) {
      throw new RucheException(
          "DATABASE_OF_OTHER_POOL",
          "%s belongs to servers of workerpool %s, this one runs %s."
              .formatted(database.name(), known.get(), workerpool),
          "Give each pool a --database of its own.",
          false);
    }
  }

  private static String name(ServerSettings.Chain chain) {
    return "%d %s".formatted(chain.id(), chain.hub());
  }

  /** This machine's name, for people. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  static void requireOwner(Hub hub, Address workerpool, Address wallet) {
    var pool = hub.workerpool(workerpool)
        .orElseThrow(() -> new RucheException(
            "WORKERPOOL_UNKNOWN",
            "%s is no registered workerpool of hub %s.".formatted(workerpool, hub.address()),
            "Deploy it with `ruche workerpool deploy`.",
            false));
    if (!pool.owner().equals(wallet)) {
      throw new RucheException(
          "WALLET_NOT_OWNER",
          "workerpool %s belongs to %s, but the wallet is %s."
              .formatted(workerpool, pool.owner(), wallet),
          "Start the pool with its owner's wallet.",
          false);
    }
  }
}
