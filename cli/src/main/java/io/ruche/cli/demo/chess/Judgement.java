package io.ruche.cli.demo.chess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.time.Duration;

/**
 * One question to the grid, and what came of it.
 *
 * @param isOpen whether any pool could take the call; else offers were handed in
 * @param waited from the block of the call to that of the callback
 */
record Judgement(
    TaskId task, boolean isOpen, Answer answer, Duration waited, TokenAmount price, Gas gas) {

  /** What the app answered about a move. */
  record Answer(boolean isLegal, Outcome outcome) {
    /** Reads legality, board, state and outcome. */
    static Answer of(byte[] result) {
      var data = AbiDecoder.of(result);
      boolean isLegal = data.bool();
      data.word();
      data.word();
      return new Answer(isLegal, Outcome.of(data.smallInt()));
    }

    String text() {
      return isLegal ? "legal, " + outcome.text : "not legal";
    }
  }

  enum Outcome {
    NEITHER("and the game goes on"),
    MATE("and mate"),
    STALEMATE("and stalemate");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** By the app's number. */
    static Outcome of(int number) {
      return switch (number) {
        case 0 -> NEITHER;
        case 1 -> MATE;
        case 2 -> STALEMATE;
        default -> throw new IllegalArgumentException("expected an outcome, found " + number);
      };
    }
  }

  /**
   * What the chain did for it.
   *
   * @param call the player's transaction
   * @param callback the pool's last transaction, which finalizes the task and calls back
   * @param others all that pool and workers sent for it, that one included
   */
  record Gas(long call, long callback, long others) {
    long all() {
      return call + others;
    }
  }

  JsonNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("task", task.hex())
        .put("way", isOpen ? "open" : "offers")
        .put("legal", answer.isLegal())
        .put("outcome", answer.outcome().name())
        .put("waitedMillis", waited.toMillis())
        .put("price", price.toString())
        .put("callGas", gas.call())
        .put("callbackGas", gas.callback())
        .put("gridGas", gas.others());
  }
}
