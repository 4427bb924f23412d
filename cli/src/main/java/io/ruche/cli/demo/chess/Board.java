package io.ruche.cli.demo.chess;

import io.ruche.core.Hex;

/**
 * Where the pieces stand.
 *
 * @param squares 64 hex digits, a1 first, as in the contract: 0 empty, 1-6 white PNBRQK, 9-14 black
 */
record Board(String squares) {
  static final Board START =
      new Board("42356324111111110000000000000000000000000000000099999999cabdebac");

  private static final String LETTERS = " PNBRQK  pnbrqk ";
  private static final int BLACK = 8;

  Board {
    Hex.require("0x" + squares, 32, "board");
  }

  /** The letter of the piece as in FEN; a space for none. Squares count from a1 to h8. */
  char pieceAt(int square) {
    return LETTERS.charAt(code(square));
  }

  boolean isEmpty(int square) {
    return code(square) == 0;
  }

  boolean isBlack(int square) {
    return (code(square) & BLACK) != 0;
  }

  private int code(int square) {
    return Character.digit(squares.charAt(square), 16);
  }

  /** The first field of the position's FEN. */
  String placement() {
    var fen = new StringBuilder();
    for (int rank = 7; rank >= 0; rank--) {
      int empty = 0;
      for (int file = 0; file < 8; file++) {
        char piece = pieceAt(8 * rank + file);
        if (piece == ' ') {
          empty++;
          continue;
        }
        fen.append(empty == 0 ? "" : String.valueOf(empty)).append(piece);
        empty = 0;
      }
      fen.append(empty == 0 ? "" : String.valueOf(empty)).append(rank == 0 ? "" : "/");
    }
    return fen.toString();
  }

  /** A pawn that changes its file and lands on an empty square: taken in passing, or illegal. */
  boolean isEnPassant(Script.Ply ply) {
    boolean isPawn = Character.toLowerCase(pieceAt(ply.from())) == 'p';
    return isPawn && ply.from() % 8 != ply.to() % 8 && isEmpty(ply.to());
  }
}
