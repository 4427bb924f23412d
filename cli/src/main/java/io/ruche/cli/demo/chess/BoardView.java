package io.ruche.cli.demo.chess;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Draws boards as lines of text, a1 at the bottom left. */
enum BoardView {
  /** Squares and pieces in colours, the squares of the last move in others. */
  COLOURED,
  /** Chess symbols of Unicode, which most fonts have. */
  SYMBOLS,
  /** The letters of FEN: white pieces are capitals. */
  LETTERS;

  private static final String PIECES = "KQRBNPkqrbnp";
  private static final String OUTLINED_THEN_FILLED = "♔♕♖♗♘♙♚♛♜♝♞♟";
  private static final String FILES = "     a  b  c  d  e  f  g  h";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  /** Columns of a board and of the gap to what stands beside it. */
  private static final int WIDTH = 32;

  private static final String RESET = "\u001b[0m";

  /** Background colours of the usual palette of 256. */
  private static final int LIGHT = 180;

  private static final int DARK = 137;
  private static final int LIGHT_MOVED = 186;
  private static final int DARK_MOVED = 143;
  private static final int WHITE_PIECE = 231;
  private static final int BLACK_PIECE = 16;

  /** Terminals that show letters only. */
  private static final List<String> PLAIN_TERMINALS = List.of("dumb", "linux", "vt100");

  /** What suits the terminal, or the file that is written instead. */
  static BoardView suited(Map<String, String> environment, boolean isTerminal, boolean isAscii) {
    boolean isPlain = PLAIN_TERMINALS.contains(environment.getOrDefault("TERM", ""));
    if (isAscii || (isTerminal && isPlain)) {
      return LETTERS;
    }
    boolean wantsNoColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return isTerminal && !wantsNoColour ? COLOURED : SYMBOLS;
  }

  /** Eight ranks and a line that names the files. */
  List<String> draw(Board board, Script.@Nullable Ply last) {
    var lines = new ArrayList<String>();
    for (int rank = 7; rank >= 0; rank--) {
      var line = new StringBuilder("  " + (rank + 1) + " ");
      for (int file = 0; file < 8; file++) {
        line.append(square(board, 8 * rank + file, last));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(FILES);
    return lines;
  }

  /** Puts a text to the right of a rank that {@link #draw} drew. */
  static String beside(String rank, String text) {
    int room = WIDTH - COLOUR.matcher(rank).replaceAll("").length();
    return (rank + " ".repeat(Math.max(0, room)) + text).stripTrailing();
  }

  private String square(Board board, int square, Script.@Nullable Ply last) {
    boolean isDark = (square / 8 + square % 8) % 2 == 0;
    char piece = board.pieceAt(square);
    boolean isMoved = last != null && (square == last.from() || square == last.to());
    return switch (this) {
      case LETTERS -> spaced(piece == ' ' ? '.' : piece, isMoved);
      case SYMBOLS -> spaced(piece == ' ' ? '·' : symbol(piece), isMoved);
      case COLOURED ->
        "\u001b[48;5;%d;38;5;%dm %s %s"
            .formatted(
                background(isDark, isMoved),
                board.isBlack(square) ? BLACK_PIECE : WHITE_PIECE,
                piece == ' ' ? ' ' : symbol(Character.toLowerCase(piece)),
                RESET);
    };
  }

  private static String spaced(char shown, boolean isMoved) {
    return isMoved ? "(" + shown + ")" : " " + shown + " ";
  }

  private static int background(boolean isDark, boolean isMoved) {
    if (isMoved) {
      return isDark ? DARK_MOVED : LIGHT_MOVED;
    }
    return isDark ? DARK : LIGHT;
  }

  private static char symbol(char piece) {
    return OUTLINED_THEN_FILLED.charAt(PIECES.indexOf(piece));
  }
}
