package io.ruche.cli.node;

import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import io.ruche.core.Workerpool;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.sdk.RucheClient;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a worker's account must hold before it can earn, and what it lacks of that. */
final class JoinFunds {
  private static final BigInteger WEI_PER_COIN = BigInteger.TEN.pow(18);

  /** A hundredth of a coin pays the gas of some tasks on a cheap chain. */
  private static final BigInteger LEAST_GAS = WEI_PER_COIN.divide(BigInteger.valueOf(100));

  private static final BigInteger FAUCET_GAS = WEI_PER_COIN.multiply(BigInteger.TEN);
  private static final int FAUCET_INDEX = 0;

  /** A dev wallet gets the stake of so many tasks at once. */
  private static final long FAUCET_STAKES = 100;

  private final RucheClient client;
  private final RucheClient.Endpoints endpoints;

  /**
   * What a pool asks for.
   *
   * @param dearest highest price of its open offers; zero when there are none
   * @param stake locked in the hub by each task under way
   */
  record Terms(Workerpool pool, int offers, TokenAmount dearest, TokenAmount stake) {
    static Terms of(Workerpool pool, List<WorkerpoolOrder> offers) {
      var dearest = offers.stream()
          .map(WorkerpoolOrder::price)
          .max(Comparator.naturalOrder())
          .orElse(TokenAmount.ZERO);
      return new Terms(
          pool, offers.size(), dearest, dearest.percentRoundedDown(pool.workerStakeRatio()));
    }

    long workerShare() {
      return 100 - pool.schedulerRewardRatio();
    }
  }

  JoinFunds(RucheClient client, RucheClient.Endpoints endpoints) {
    this.client = client;
    this.endpoints = endpoints;
  }

  /** Development chains: the faucet gives what is missing, and it is deposited. */
  void fillUp(Terms terms, int slots) {
    var worker = client.wallet().address();
    if (missing(terms, slots).isEmpty()) {
      return;
    }
    var wanted = terms.stake().times(FAUCET_STAKES * slots);
    try (var faucet = RucheClient.open(endpoints, DevelopmentKeys.wallet(FAUCET_INDEX))) {
      faucet.transactions().fund(worker, FAUCET_GAS, wanted);
    }
    if (!wanted.isZero()) {
      client.transactions().deposit(wanted);
    }
  }

  /** A sentence for each thing that is missing; empty when the worker can earn. */
  List<String> missing(Terms terms, int slots) {
    return missing(client.wallet().address(), terms, slots);
  }

  /** The same for another account than the client's. */
  List<String> missing(Address worker, Terms terms, int slots) {
    var missing = new ArrayList<String>();
    var wei = client.hub().rpc().balanceWei(worker);
    if (wei.compareTo(LEAST_GAS) < 0) {
      missing.add("Gas: it holds %s ETH and needs about %s; send ETH of chain %d to %s."
          .formatted(coin(wei), coin(LEAST_GAS), client.hub().chainId(), worker.checksummed()));
    }
    var needed = terms.stake().times(slots);
    var free = client.view().account(worker).free();
    if (free.compareTo(needed) < 0) {
      missing.add(stakeSentence(worker, needed, free));
    }
    return missing;
  }

  private String stakeSentence(Address worker, TokenAmount needed, TokenAmount free) {
    var lacking = needed.minus(free);
    boolean isOutside = client.hub().tokenBalance(worker).compareTo(lacking) >= 0;
    return "Stake: %s RUC are free in the hub and %s are needed; %s."
        .formatted(
            free,
            needed,
            isOutside
                ? "deposit them with `ruche account deposit %s`".formatted(lacking)
                : "send %s RUC (token %s) to %s, then `ruche account deposit %s`"
                    .formatted(
                        lacking,
                        client.hub().token().checksummed(),
                        worker.checksummed(),
                        lacking));
  }

  private static String coin(BigInteger wei) {
    return new BigDecimal(wei, 18).stripTrailingZeros().toPlainString();
  }
}
