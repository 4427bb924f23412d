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
import java.nio.file.Files;

/** What must hold before a server starts. */
final class PoolChecks {
  private static final long MAX_KEY_FILE_BYTES = 65_536;
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
    var facts = new SqlFacts(database);
    var mine = "%d %s".formatted(chain.id(), chain.hub());
    var known = facts.find(CHAIN_FACT);
    if (known.isEmpty()) {
      facts.put(CHAIN_FACT, mine);
    } else if (!known.get().equals(mine)) {
      throw new RucheException(
          "HOME_OF_OTHER_CHAIN",
          "%s holds the state of chain and hub %s, this is %s."
              .formatted(database.name(), known.get(), mine),
          "Choose another --home for this chain.",
          false);
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
