package io.ruche.cli.node;

import io.ruche.core.Address;
import io.ruche.sdk.RucheClient;
import java.nio.file.Path;

/** What joining a pool finds out, step by step. */
record Joining(
    PoolTerms pool,
    RucheClient.Endpoints endpoints,
    JoinFunds.Terms terms,
    JoinWallet wallet,
    Path folder,
    WorkerFile file) {
  Address worker() {
    return wallet.wallet().address();
  }
}
