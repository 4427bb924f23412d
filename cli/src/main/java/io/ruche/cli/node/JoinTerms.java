package io.ruche.cli.node;

import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Session;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a pool asks for and pays, by the word of the chain.
 *
 * @param rpc node that the owner trusts; null for the one that the pool advises
 * @param hub the only one that is taken; null for any
 */
record JoinTerms(
    Session session, URI pool, @Nullable URI rpc, @Nullable Address hub) {

  /** Node, hub and market; RPC_NEEDED when the owner must choose a node. */
  RucheClient.Endpoints endpoints(PoolTerms asked) {
    if (hub != null && !hub.equals(asked.hub())) {
      throw new RucheException(
          "HUB_UNEXPECTED",
          "expected a pool of hub %s, found one of %s."
              .formatted(hub.checksummed(), asked.hub().checksummed()),
          "Ask the pool's operator; do not join a hub that you do not know.",
          false);
    }
    var advised = asked.rpc();
    var chosen = Objects.requireNonNullElse(rpc, Objects.requireNonNullElse(advised, pool));
    var endpoints = new RucheClient.Endpoints(asked.chainId(), chosen, asked.hub(), asked.origin());
    if (rpc == null && (advised == null || !endpoints.isDevelopment())) {
      throw new RucheException(
          "RPC_NEEDED",
          "the pool works on chain %d, and a node for it must be chosen by you.%s"
              .formatted(
                  asked.chainId(),
                  advised == null ? "" : " The pool advises %s.".formatted(advised)),
          "Name one that you trust with --rpc: a node that lies could cost the stake.",
          false);
    }
    return endpoints;
  }

  /** From the chain, which also shows that node, hub and pool belong together. */
  JoinFunds.Terms terms(PoolTerms asked, RucheClient.Endpoints endpoints) {
    try (var client = RucheClient.open(endpoints, Wallet.random())) {
      var workerpool = client
          .view()
          .workerpool(asked.workerpool())
          .orElseThrow(() -> new RucheException(
              "WORKERPOOL_UNKNOWN",
              "no workerpool is registered at %s on hub %s."
                  .formatted(asked.workerpool().checksummed(), asked.hub().checksummed()),
              "The server at %s says otherwise; do not join it.".formatted(pool),
              false));
      var terms = JoinFunds.Terms.of(workerpool, client.market().ordersOfPool(asked.workerpool()));
      session.note("Pool %s on chain %d, hub %s: %s."
          .formatted(
              asked.workerpool().checksummed(),
              asked.chainId(),
              asked.hub().checksummed(),
              workerpool.description()));
      session.note(("It sells tasks for up to %s RUC (%d offers); workers get %d %% of that,"
              + " and stake %s RUC for each task under way.")
          .formatted(terms.dearest(), terms.offers(), terms.workerShare(), terms.stake()));
      return terms;
    }
  }
}
