package io.ruche.cli.demo.chess;

import io.ruche.cli.contract.ChessGame;
import io.ruche.cli.contract.ChessGame.Position;
import io.ruche.cli.demo.LiveBlock;
import io.ruche.cli.demo.Story;
import io.ruche.cli.demo.chess.Script.Ply;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two players, one game from a script, each move a transaction. */
final class Match {
  private static final Duration PER_MOVE = Duration.ofMinutes(10);
  private static final int SHOWN_PAIRS = 5;
  private static final int LINE = 90;

  /** How long a remark on a move stays beside the board. */
  private static final int CAPTIONED_PLIES = 3;

  private final Script script;
  private final Table table;
  private final Player white;
  private final Player black;
  private final List<Judgement> judgements = new ArrayList<>();
  private LiveBlock live;
  private String caption = "";
  private int captionUntil;
  private Board board = Board.START;
  private long game;
  private long moveGas;
  private long dearestMoveGas;
  private long stakeGas;

  /** Where games are played: contract and arbiter, stakes, and how boards are shown. */
  record Table(
      ChessGame contract, Arbiter arbiter, TokenAmount stake, BoardView view, Story story) {}

  Match(Script script, Table table, Player white, Player black) {
    this.script = script;
    this.table = table;
    this.white = white;
    this.black = black;
    this.live = table.story().live();
  }

  PlayedGame play() throws InterruptedException {
    begin();
    var plies = script.plies();
    for (int i = 0; i < plies.size(); i++) {
      move(i, plies.get(i));
    }
    if (!table.story().isLive()) {
      drawing(plies.size() - 1).forEach(table.story()::say);
    }
    tellMoves();
    var mover = mover(plies.size() - 1);
    var end = askWhetherItEnds(mover);
    var winner = end.winner().equals(white.address()) ? white : black;
    stakeGas += winner.run(table.contract().withdraw()).gasUsed();
    table
        .story()
        .say("%s withdraws %s RUC".formatted(winner.name(), table.stake().times(2)));
    return new PlayedGame(
        script,
        end,
        winner.name(),
        judgements,
        moveGas,
        dearestMoveGas,
        stakeGas,
        script.finalFen().startsWith(board.placement() + " "));
  }

  private void begin() {
    var contract = table.contract();
    var opened = white.run(contract.create(table.stake(), PER_MOVE));
    game = contract.created(opened);
    stakeGas = opened.gasUsed() + black.run(contract.join(game)).gasUsed();
    table
        .story()
        .say("%s plays White, %s plays Black; %s RUC from each lie in the contract"
            .formatted(white.name(), black.name(), table.stake()));
    table.story().gap();
  }

  private Player mover(int index) {
    return index % 2 == 0 ? white : black;
  }

  private void move(int index, Ply ply) throws InterruptedException {
    boolean isEnPassant = board.isEnPassant(ply);
    var mined = mover(index).run(table.contract().move(game, ply.encoded()));
    moveGas += mined.gasUsed();
    dearestMoveGas = Math.max(dearestMoveGas, mined.gasUsed());
    Position after = table.contract().moved(mined);
    board = new Board(after.board());
    boolean isSpecial = isEnPassant || ply.isPromotion() || ply.isCastling();
    if (isSpecial) {
      caption = mover(index).name() + " " + what(ply, isEnPassant);
      captionUntil = index + CAPTIONED_PLIES;
    }
    if (table.story().isLive()) {
      live.show(drawing(index).stream().map(line -> "   " + line).toList());
      if (isEnPassant) {
        table.story().gap();
      }
    } else if (isSpecial) {
      drawing(index).forEach(table.story()::say);
      table.story().gap();
    }
    if (isEnPassant) {
      askWhetherLegal(index, ply);
    }
  }

  private static String what(Ply ply, boolean isEnPassant) {
    if (isEnPassant) {
      return "takes in passing: " + ply.san();
    }
    return (ply.isCastling() ? "castles: " : "promotes a pawn: ") + ply.san();
  }

  /** The board with the latest moves beside it. */
  private List<String> drawing(int index) {
    var ply = script.plies().get(index);
    var lines = new ArrayList<>(table.view().draw(board, ply));
    var pairs = script.numbered(index + 1);
    var beside = new ArrayList<String>();
    beside.add("White " + white.name() + ", Black " + black.name());
    beside.add(index < captionUntil ? caption : "");
    beside.addAll(pairs.subList(Math.max(0, pairs.size() - SHOWN_PAIRS), pairs.size()));
    for (int i = 0; i < beside.size(); i++) {
      lines.set(i, BoardView.beside(lines.get(i), beside.get(i)));
    }
    return lines;
  }

  private void tellMoves() {
    table.story().gap();
    var line = new StringBuilder();
    for (var pair : script.numbered(script.plies().size())) {
      if (line.length() + pair.length() > LINE) {
        table.story().say(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "  ").append(pair);
    }
    table.story().say(line.toString());
    table.story().gap();
  }

  private void askWhetherLegal(int index, Ply ply) throws InterruptedException {
    var doubter = mover(index + 1);
    table.story().say("%s doubts %s and asks the grid".formatted(doubter.name(), ply.san()));
    var verdict = table.arbiter().judge(doubter, game, true);
    tell(verdict.judgement());
    if (!verdict.goesOn()) {
      throw unexpected("to go on after " + ply.san(), verdict);
    }
    table.story().gap();
    live = table.story().live();
  }

  private ChessGame.Result askWhetherItEnds(Player mover) throws InterruptedException {
    boolean isOpen = judgements.isEmpty();
    table
        .story()
        .say("%s says that it is mate and asks the grid%s"
            .formatted(mover.name(), isOpen ? "" : ", with an app's and a pool's offer in hand"));
    var verdict = table.arbiter().judge(mover, game, isOpen);
    tell(verdict.judgement());
    var end = verdict.end().orElseThrow(() -> unexpected("to end", verdict));
    table
        .story()
        .say("the contract ends the game: %s, %s wins"
            .formatted(end.ending(), end.winner().equals(white.address()) ? "White" : "Black"));
    return end;
  }

  private void tell(Judgement judgement) {
    judgements.add(judgement);
    table
        .story()
        .say("the grid answers after %.2f s: %s (%s RUC)"
            .formatted(
                judgement.waited().toMillis() / 1000.0,
                judgement.answer().text(),
                judgement.price()));
  }

  private RucheException unexpected(String expected, Arbiter.Verdict verdict) {
    return new RucheException(
        "GAME_ENDED_OTHERWISE",
        "expected game %d (%s) %s, found the answer: %s."
            .formatted(
                game, script.name(), expected, verdict.judgement().answer().text()),
        "Look into the logs of server and workers.",
        false);
  }
}
