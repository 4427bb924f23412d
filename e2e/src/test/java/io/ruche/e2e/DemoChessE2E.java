package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.settings.Home;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code ruche demo chess}: a contract that pays by the grid's answer. */
class DemoChessE2E {
  private static final BigDecimal PRICE = new BigDecimal("1.05");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void bothGamesEndByTheGridsAnswerAndTheWinnerIsPaid() {
    var outcome = new CommandLine(new Home(folder.resolve("home"))).program("demo", "chess");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).as("one JSON object and nothing else").hasLineCount(1);
    var json = outcome.json();
    assertThat(json.path("conserved").asBoolean()).isTrue();
    var games = json.path("games");
    assertThat(games).hasSize(2);
    assertGame(games.path(0), "fools-mate", 4, 1);
    assertGame(games.path(1), "castling-en-passant-promotion", 53, 2);
    assertThat(games.at("/1/judgements/0/outcome").asText()).isEqualTo("NEITHER");
    assertThat(games.at("/1/judgements/1/way").asText()).isEqualTo("offers");
    assertPaid(json);
  }

  /** The last judgement ends the game; before it the grid was asked by who doubted a move. */
  private static void assertGame(JsonNode game, String name, int moves, int judgements) {
    assertThat(game.path("name").asText()).isEqualTo(name);
    assertThat(game.path("moves").asInt()).isEqualTo(moves);
    assertThat(game.path("ending").asText()).isEqualTo("MATE");
    assertThat(game.path("winner").asText()).isEqualTo("Boris");
    assertThat(game.path("asRecorded").asBoolean()).isTrue();
    assertThat(game.path("solidityGas").asLong()).isPositive();
    assertThat(game.path("moveGas").asLong()).isGreaterThan(21_000L * moves);
    assertThat(game.path("judgements")).hasSize(judgements);
    var last = game.path("judgements").path(judgements - 1);
    assertThat(last.path("legal").asBoolean()).isTrue();
    assertThat(last.path("outcome").asText()).isEqualTo("MATE");
    assertThat(last.path("gridGas").asLong())
        .isGreaterThan(last.path("callbackGas").asLong());
    assertThat(new BigDecimal(last.path("price").asText())).isEqualByComparingTo(PRICE);
  }

  /** What one loses another gets; Boris won both stakes of Ada, and each paid for questions. */
  private static void assertPaid(JsonNode json) {
    var sum = BigDecimal.ZERO;
    var players = BigDecimal.ZERO;
    for (var payment : json.path("payments")) {
      var amount = new BigDecimal(payment.path("amount").asText());
      sum = sum.add(amount);
      boolean isSide = payment.path("name").asText().matches("Ada|Boris|contract");
      players = isSide ? players.add(amount) : players;
    }
    assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(players)
        .isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf(3)).negate());
  }
}
