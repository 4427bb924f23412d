// What stands where, who moves, and what may still be castled or taken in passing.
// Squares count from a1 = 0 along the ranks to h8 = 63.

export const WHITE = 0;
export const BLACK = 1;
export const SQUARES = 64;
export const OFF_BOARD = -1;

/** A piece is its kind for White, and its kind with bit 3 set for Black. */
export const EMPTY: u8 = 0;
export const PAWN = 1;
export const KNIGHT = 2;
export const BISHOP = 3;
export const ROOK = 4;
export const QUEEN = 5;
export const KING = 6;

/** Castling rights: a side's two, shifted left by two for Black. */
export const KING_SIDE = 1;
export const QUEEN_SIDE = 2;

export class Position {
  readonly squares: StaticArray<u8> = new StaticArray<u8>(SQUARES);
  /** The side to move. */
  side: i32 = WHITE;
  castling: i32 = 0;
  /** The square that a pawn has just jumped over, or OFF_BOARD. */
  enPassant: i32 = OFF_BOARD;

  @inline
  at(square: i32): u8 {
    return unchecked(this.squares[square]);
  }

  @inline
  put(square: i32, piece: u8): void {
    unchecked((this.squares[square] = piece));
  }

  @inline
  isEmpty(square: i32): bool {
    return this.at(square) == EMPTY;
  }

  @inline
  holds(square: i32, side: i32, kind: i32): bool {
    return this.at(square) == pieceOf(side, kind);
  }

  holdsSide(square: i32, side: i32): bool {
    const piece = this.at(square);
    return piece != EMPTY && sideOf(piece) == side;
  }

  kingOf(side: i32): i32 {
    const king = pieceOf(side, KING);
    for (let square = 0; square < SQUARES; square++) {
      if (this.at(square) == king) return square;
    }
    return OFF_BOARD;
  }

  copyFrom(other: Position): void {
    memory.copy(
      changetype<usize>(this.squares), changetype<usize>(other.squares), SQUARES);
    this.side = other.side;
    this.castling = other.castling;
    this.enPassant = other.enPassant;
  }
}

@inline
export function pieceOf(side: i32, kind: i32): u8 {
  return <u8>((side << 3) | kind);
}

@inline
export function kindOf(piece: u8): i32 {
  return piece & 7;
}

@inline
export function sideOf(piece: u8): i32 {
  return piece >> 3;
}

@inline
export function fileOf(square: i32): i32 {
  return square & 7;
}

@inline
export function rankOf(square: i32): i32 {
  return square >> 3;
}

/** The rank as this side counts it: 0 is its own back rank. */
@inline
export function rankFor(side: i32, square: i32): i32 {
  return side == WHITE ? rankOf(square) : 7 - rankOf(square);
}

/** The direction in which this side's pawns move, in ranks. */
@inline
export function forward(side: i32): i32 {
  return side == WHITE ? 1 : -1;
}

/** The square so many files and ranks away, or OFF_BOARD. */
@inline
export function away(square: i32, files: i32, ranks: i32): i32 {
  const file = fileOf(square) + files;
  const rank = rankOf(square) + ranks;
  return ((file | rank) & ~7) != 0 ? OFF_BOARD : (rank << 3) | file;
}
