// Which squares a side attacks.

import {
  away,
  BISHOP,
  EMPTY,
  forward,
  KING,
  KNIGHT,
  OFF_BOARD,
  PAWN,
  pieceOf,
  Position,
  QUEEN,
  ROOK,
} from "./board";

/** Steps of one square as files and ranks: four straight, then four diagonal. */
export const STEP_FILES: StaticArray<i32> = [1, -1, 0, 0, 1, 1, -1, -1];
export const STEP_RANKS: StaticArray<i32> = [0, 0, 1, -1, 1, -1, 1, -1];
export const STRAIGHT_STEPS = 4;
export const STEPS = 8;

export const JUMP_FILES: StaticArray<i32> = [1, 1, -1, -1, 2, 2, -2, -2];
export const JUMP_RANKS: StaticArray<i32> = [2, -2, 2, -2, 1, -1, 1, -1];
export const JUMPS = 8;

/** Whether this side's king could be taken if the other side were to move. */
export function isInCheck(position: Position, side: i32): bool {
  return isAttacked(position, position.kingOf(side), side ^ 1);
}

export function isAttacked(position: Position, square: i32, by: i32): bool {
  return (
    isAttackedByPawn(position, square, by) ||
    isAttackedByLeaper(position, square, pieceOf(by, KNIGHT), JUMP_FILES, JUMP_RANKS) ||
    isAttackedByLeaper(position, square, pieceOf(by, KING), STEP_FILES, STEP_RANKS) ||
    isAttackedAlongLine(position, square, by)
  );
}

function isAttackedByPawn(position: Position, square: i32, by: i32): bool {
  const backward = -forward(by);
  const left = away(square, -1, backward);
  const right = away(square, 1, backward);
  return (
    (left != OFF_BOARD && position.holds(left, by, PAWN)) ||
    (right != OFF_BOARD && position.holds(right, by, PAWN))
  );
}

function isAttackedByLeaper(
  position: Position,
  square: i32,
  leaper: u8,
  files: StaticArray<i32>,
  ranks: StaticArray<i32>,
): bool {
  for (let i = 0; i < JUMPS; i++) {
    const from = away(square, unchecked(files[i]), unchecked(ranks[i]));
    if (from != OFF_BOARD && position.at(from) == leaper) return true;
  }
  return false;
}

function isAttackedAlongLine(position: Position, square: i32, by: i32): bool {
  const queen = pieceOf(by, QUEEN);
  for (let i = 0; i < STEPS; i++) {
    const slider = pieceOf(by, i < STRAIGHT_STEPS ? ROOK : BISHOP);
    const first = firstPiece(position, square, unchecked(STEP_FILES[i]), unchecked(STEP_RANKS[i]));
    if (first == slider || first == queen) return true;
  }
  return false;
}

/** The first piece that is seen in this direction, or EMPTY. */
function firstPiece(position: Position, square: i32, files: i32, ranks: i32): u8 {
  let seen = away(square, files, ranks);
  while (seen != OFF_BOARD && position.isEmpty(seen)) seen = away(seen, files, ranks);
  return seen == OFF_BOARD ? EMPTY : position.at(seen);
}
