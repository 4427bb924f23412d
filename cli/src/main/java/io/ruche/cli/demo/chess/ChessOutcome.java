package io.ruche.cli.demo.chess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.contract.ChessGame.Ending;
import io.ruche.cli.demo.Books.Payment;
import io.ruche.core.Address;
import java.time.Duration;
import java.util.List;

/**
 * What the demonstration came to.
 *
 * @param isConserved whether the sum of all that everybody has is what it was
 */
record ChessOutcome(
    Address contract, Bill bill, List<Payment> payments, boolean isConserved, Duration took) {

  /** True when everything that the demonstration promises was seen. */
  boolean isSuccess() {
    return isConserved
        && bill.games().stream()
            .allMatch(game -> game.isAsRecorded() && game.result().ending() == Ending.MATE);
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode().put("contract", contract.checksummed());
    var games = json.putArray("games");
    for (var game : bill.games()) {
      games.add(game.toJson().put("solidityGas", bill.solidityGas(game)));
    }
    var array = json.putArray("payments");
    for (var payment : payments) {
      array
          .addObject()
          .put("name", payment.party().name())
          .put("address", payment.party().address().checksummed())
          .put("amount", payment.text());
    }
    return json.put("conserved", isConserved).put("seconds", took.toMillis() / 1000.0);
  }
}
