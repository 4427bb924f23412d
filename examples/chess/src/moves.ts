// The moves of the pieces, before it is asked whether they leave the own king in check.

import { isAttacked, JUMP_FILES, JUMP_RANKS, JUMPS, STEP_FILES, STEP_RANKS, STEPS, STRAIGHT_STEPS }
  from "./attacks";
import {
  away,
  BISHOP,
  forward,
  KING,
  KING_SIDE,
  kindOf,
  KNIGHT,
  OFF_BOARD,
  PAWN,
  Position,
  QUEEN,
  QUEEN_SIDE,
  rankFor,
  ROOK,
  SQUARES,
} from "./board";

/** More than any position has: 37 queens of one side with 27 moves each are 999. */
export const MAX_MOVES = 1024;

export class Moves {
  private readonly moves: StaticArray<u16> = new StaticArray<u16>(MAX_MOVES);
  length: i32 = 0;

  @inline
  at(index: i32): u16 {
    return unchecked(this.moves[index]);
  }

  @inline
  add(from: i32, to: i32, promotion: i32): void {
    this.moves[this.length++] = moveOf(from, to, promotion);
  }
}

@inline
export function moveOf(from: i32, to: i32, promotion: i32): u16 {
  return <u16>(from | (to << 6) | (promotion << 12));
}

/** Fills `moves` with everything that the side to move could play if kings could be taken. */
export function findMoves(position: Position, moves: Moves): void {
  moves.length = 0;
  for (let from = 0; from < SQUARES; from++) {
    if (position.holdsSide(from, position.side)) {
      findMovesFrom(position, from, kindOf(position.at(from)), moves);
    }
  }
}

function findMovesFrom(position: Position, from: i32, kind: i32, moves: Moves): void {
  if (kind == PAWN) findPawnMoves(position, from, moves);
  else if (kind == KNIGHT) findLeaps(position, from, JUMP_FILES, JUMP_RANKS, moves);
  else if (kind == BISHOP) findSlides(position, from, STRAIGHT_STEPS, STEPS, moves);
  else if (kind == ROOK) findSlides(position, from, 0, STRAIGHT_STEPS, moves);
  else if (kind == QUEEN) findSlides(position, from, 0, STEPS, moves);
  else if (kind == KING) {
    findLeaps(position, from, STEP_FILES, STEP_RANKS, moves);
    findCastling(position, from, moves);
  }
}

function findPawnMoves(position: Position, from: i32, moves: Moves): void {
  const ahead = forward(position.side);
  const one = away(from, 0, ahead);
  if (position.isEmpty(one)) {
    addPawnMove(position, from, one, moves);
    const two = away(one, 0, ahead);
    if (rankFor(position.side, from) == 1 && position.isEmpty(two)) moves.add(from, two, 0);
  }
  for (let files = -1; files <= 1; files += 2) {
    const to = away(from, files, ahead);
    if (to == OFF_BOARD) continue;
    if (to == position.enPassant || position.holdsSide(to, position.side ^ 1)) {
      addPawnMove(position, from, to, moves);
    }
  }
}

function addPawnMove(position: Position, from: i32, to: i32, moves: Moves): void {
  if (rankFor(position.side, to) != 7) {
    moves.add(from, to, 0);
    return;
  }
  for (let kind = KNIGHT; kind <= QUEEN; kind++) moves.add(from, to, kind);
}

function findLeaps(
  position: Position,
  from: i32,
  files: StaticArray<i32>,
  ranks: StaticArray<i32>,
  moves: Moves,
): void {
  for (let i = 0; i < JUMPS; i++) {
    const to = away(from, unchecked(files[i]), unchecked(ranks[i]));
    if (to != OFF_BOARD && !position.holdsSide(to, position.side)) moves.add(from, to, 0);
  }
}

function findSlides(position: Position, from: i32, first: i32, end: i32, moves: Moves): void {
  for (let i = first; i < end; i++) {
    const files = unchecked(STEP_FILES[i]);
    const ranks = unchecked(STEP_RANKS[i]);
    let to = away(from, files, ranks);
    while (to != OFF_BOARD && position.isEmpty(to)) {
      moves.add(from, to, 0);
      to = away(to, files, ranks);
    }
    if (to != OFF_BOARD && position.holdsSide(to, position.side ^ 1)) moves.add(from, to, 0);
  }
}

/** The king neither leaves nor crosses an attacked square; that it enters none, others check. */
function findCastling(position: Position, king: i32, moves: Moves): void {
  const rights = position.castling >> (2 * position.side);
  if ((rights & (KING_SIDE | QUEEN_SIDE)) == 0) return;
  const other = position.side ^ 1;
  if (isAttacked(position, king, other)) return;
  if (
    (rights & KING_SIDE) != 0 &&
    position.isEmpty(king + 1) && position.isEmpty(king + 2) &&
    !isAttacked(position, king + 1, other)
  ) {
    moves.add(king, king + 2, 0);
  }
  if (
    (rights & QUEEN_SIDE) != 0 &&
    position.isEmpty(king - 1) && position.isEmpty(king - 2) && position.isEmpty(king - 3) &&
    !isAttacked(position, king - 1, other)
  ) {
    moves.add(king, king - 2, 0);
  }
}
