// What no game can lead to, as far as the rules engine relies on it.

import { isInCheck } from "./attacks";
import {
  BLACK,
  EMPTY,
  forward,
  KING,
  KING_SIDE,
  kindOf,
  OFF_BOARD,
  PAWN,
  Position,
  QUEEN_SIDE,
  rankFor,
  rankOf,
  ROOK,
  SQUARES,
  WHITE,
} from "./board";

/** Says what is wrong with the position, or nothing. */
export function problemOf(position: Position): string {
  const wrongPiece = pieceProblem(position);
  if (wrongPiece != "") return wrongPiece;
  if (countKings(position, WHITE) != 1 || countKings(position, BLACK) != 1) {
    return "each side needs exactly one king";
  }
  if (isInCheck(position, position.side ^ 1)) return "the side that has just moved is in check";
  if (!hasHomes(position, WHITE) || !hasHomes(position, BLACK)) {
    return "a castling right needs its king and rook at home";
  }
  if (position.enPassant != OFF_BOARD && !hasJumped(position)) {
    return "the en-passant square needs a pawn that has just jumped over it";
  }
  return "";
}

function pieceProblem(position: Position): string {
  for (let square = 0; square < SQUARES; square++) {
    const piece = position.at(square);
    const kind = kindOf(piece);
    if (piece != EMPTY && (kind < PAWN || kind > KING)) return "a square has an unknown piece";
    const rank = rankOf(square);
    if (kind == PAWN && (rank == 0 || rank == 7)) return "a pawn is on the first or last rank";
  }
  return "";
}

function countKings(position: Position, side: i32): i32 {
  let count = 0;
  for (let square = 0; square < SQUARES; square++) {
    if (position.holds(square, side, KING)) count++;
  }
  return count;
}

function hasHomes(position: Position, side: i32): bool {
  const rights = position.castling >> (2 * side);
  const home = side == WHITE ? 0 : 56;
  const needsRookA = (rights & QUEEN_SIDE) != 0;
  const needsRookH = (rights & KING_SIDE) != 0;
  return (
    (!needsRookA || position.holds(home, side, ROOK)) &&
    (!needsRookH || position.holds(home + 7, side, ROOK)) &&
    (!(needsRookA || needsRookH) || position.holds(home + 4, side, KING))
  );
}

function hasJumped(position: Position): bool {
  const side = position.side ^ 1;
  const target = position.enPassant;
  const ranks = 8 * forward(side);
  return (
    rankFor(side, target) == 2 &&
    position.isEmpty(target) &&
    position.isEmpty(target - ranks) &&
    position.holds(target + ranks, side, PAWN)
  );
}
