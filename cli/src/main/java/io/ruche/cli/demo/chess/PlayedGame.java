package io.ruche.cli.demo.chess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.contract.ChessGame.Result;
import java.util.List;

/**
 * A game that was played to its end.
 *
 * @param moveGas of all moves together
 * @param dearestMoveGas of the move that took most
 * @param stakeGas opening, joining and withdrawing together
 * @param isAsRecorded whether the contract's last position is that of the script
 */
record PlayedGame(
    Script script,
    Result result,
    String winner,
    List<Judgement> judgements,
    long moveGas,
    long dearestMoveGas,
    long stakeGas,
    boolean isAsRecorded) {
  PlayedGame {
    judgements = List.copyOf(judgements);
  }

  Judgement last() {
    return judgements.getLast();
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("name", script.name())
        .put("moves", script.plies().size())
        .put("ending", result.ending().name())
        .put("winner", winner)
        .put("asRecorded", isAsRecorded)
        .put("moveGas", moveGas)
        .put("stakeGas", stakeGas);
    var list = json.putArray("judgements");
    judgements.forEach(judgement -> list.add(judgement.toJson()));
    return json;
  }
}
