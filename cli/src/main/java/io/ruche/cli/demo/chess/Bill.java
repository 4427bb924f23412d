package io.ruche.cli.demo.chess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.Installation;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the games cost, on chain and off, beside the same mate test in Solidity.
 *
 * @param solidityGas of testing each game's last position for mate
 * @param dearestSolidityGas of the dearest mate that was measured
 */
record Bill(List<PlayedGame> games, List<Long> solidityGas, long dearestSolidityGas) {
  private static final String MEASURED = "snapshots/chess-in-solidity.json";

  Bill {
    games = List.copyOf(games);
    solidityGas = List.copyOf(solidityGas);
  }

  /** Takes the gas of the mate tests from the contracts' own measurements. */
  static Bill of(List<PlayedGame> games, Installation installation) {
    var file = installation.contracts().resolve(MEASURED);
    try {
      var measured = new JsonMapper().readTree(file.toFile());
      return new Bill(
          games,
          games.stream().map(game -> gas(measured, game.script().name())).toList(),
          gas(measured, "mate-most"));
    } catch (IOException | NumberFormatException e) {
      throw new RucheException(
          "SNAPSHOT_UNREADABLE",
          "the measured gas of the mate test in Solidity cannot be read from %s: %s."
              .formatted(file, e.getMessage()),
          "Run `npm run gas` in the contracts folder.",
          false,
          e);
    }
  }

  private static long gas(JsonNode measured, String game) {
    return Long.parseLong(measured.path(game).asText());
  }

  Table table() {
    var columns = new ArrayList<>(List.of("GAS"));
    games.forEach(game -> columns.add(game.script().name()));
    var rows = new ArrayList<List<Cell>>();
    rows.add(row("moves", game -> game.script().plies().size()));
    rows.add(row(
        "a move, mean", game -> number(game.moveGas() / game.script().plies().size())));
    rows.add(row("a move, the dearest", game -> number(game.dearestMoveGas())));
    rows.add(row("open, join, withdraw", game -> number(game.stakeGas())));
    rows.add(row("asking the grid for mate", game -> number(game.last().gas().call())));
    rows.add(row("  how", game -> game.last().isOpen() ? "open call" : "offers in hand"));
    rows.add(row("finalize, with the callback", game -> number(game.last().gas().callback())));
    rows.add(row(
        "all transactions of the judgement", game -> number(game.last().gas().all())));
    rows.add(row("price off chain", game -> game.last().price() + " RUC"));
    rows.add(row("mate test in Solidity", game -> number(solidityGas(game))));
    return new Table(columns, rows);
  }

  List<String> notes() {
    return List.of(
        "Players pay moves, stakes and the question. Pool and workers send a judgement's other",
        "transactions and are paid the price, and their gas does not grow with what is computed.",
        "The dearest mate that was measured in Solidity takes %s."
            .formatted(number(dearestSolidityGas)));
  }

  private List<Cell> row(String name, Function<PlayedGame, Object> value) {
    var cells = new ArrayList<>(List.of(Cell.of(name)));
    games.forEach(game -> cells.add(Cell.of(value.apply(game))));
    return cells;
  }

  private static String number(long value) {
    return "%,d".formatted(value);
  }

  long solidityGas(PlayedGame game) {
    return solidityGas.get(games.indexOf(game));
  }
}
