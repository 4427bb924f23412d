package io.ruche.cli.demo.chess;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.Installation;
import io.ruche.cli.demo.chess.Script.Ply;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final String START_FEN = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR";

  @Test
  void placementIsThatOfFen() {
    assertThat(Board.START.placement()).isEqualTo(START_FEN);

    var lonely = new Board("0".repeat(12) + "6" + "0".repeat(50) + "e");
    assertThat(lonely.placement()).isEqualTo("7k/8/8/8/8/8/4K3/8");
  }

  @Test
  void movesAreEncodedAsTheContractTakesThem() {
    assertThat(new Ply("e2e4", "e4").encoded()).isEqualTo(12 | 28 << 6);
    assertThat(new Ply("h7h8q", "h8=Q+").encoded()).isEqualTo(55 | 63 << 6 | 5 << 12);
    assertThat(new Ply("a2a1n", "a1=N").encoded()).isEqualTo(8 | 2 << 12);
  }

  @Test
  void aPawnThatTakesNothingBesideItselfTakesInPassing() {
    assertThat(Board.START.isEnPassant(new Ply("e2d3", "exd3"))).isTrue();
    assertThat(Board.START.isEnPassant(new Ply("e2e4", "e4"))).isFalse();
    assertThat(Board.START.isEnPassant(new Ply("e2d1", "exd1"))).isFalse();
    assertThat(Board.START.isEnPassant(new Ply("g1f3", "Nf3"))).isFalse();
  }

  @Test
  void whiteStandsBelowAndTheLastMoveIsMarked() {
    var lines = BoardView.LETTERS.draw(Board.START, new Ply("e2e4", "e4"));

    assertThat(lines.getFirst()).isEqualTo("  8  r  n  b  q  k  b  n  r");
    assertThat(lines.get(4)).isEqualTo("  4  .  .  .  . (.) .  .  .");
    assertThat(lines.get(6)).isEqualTo("  2  P  P  P  P (P) P  P  P");
    assertThat(lines.getLast()).isEqualTo("     a  b  c  d  e  f  g  h");
    assertThat(BoardView.SYMBOLS.draw(Board.START, null).get(7))
        .isEqualTo("  1  ♖  ♘  ♗  ♕  ♔  ♗  ♘  ♖");
  }

  @Test
  void textStandsInOneColumnWhateverTheColours() {
    var coloured = BoardView.COLOURED.draw(Board.START, null).getFirst();
    var plain = BoardView.LETTERS.draw(Board.START, null).getFirst();

    assertThat(coloured).contains("\u001b[");
    assertThat(
            BoardView.beside(coloured, "x").replaceAll("\u001b\\[[0-9;]*m", "").indexOf('x'))
        .isEqualTo(BoardView.beside(plain, "x").indexOf('x'));
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    assertThat(BoardView.suited(Map.of("TERM", "xterm"), true, false))
        .isEqualTo(BoardView.COLOURED);
    assertThat(BoardView.suited(Map.of("NO_COLOR", "1"), true, false)).isEqualTo(BoardView.SYMBOLS);
    assertThat(BoardView.suited(Map.of(), false, false)).isEqualTo(BoardView.SYMBOLS);
    assertThat(BoardView.suited(Map.of("TERM", "linux"), true, false)).isEqualTo(BoardView.LETTERS);
    assertThat(BoardView.suited(Map.of(), true, true)).isEqualTo(BoardView.LETTERS);
  }

  @Test
  void theGamesToPlayAreNumberedAsPeopleWriteThem() {
    var scripts = Script.read(Installation.current().examples().resolve("chess/games.json"));

    assertThat(scripts.getFirst().numbered(3)).containsExactly("1. f3 e5", "2. g4");
    assertThat(scripts).hasSize(2);
  }
}
