// Playing a move, and which moves the rules allow.

import { isInCheck } from "./attacks";
import {
  EMPTY,
  KING,
  KING_SIDE,
  kindOf,
  OFF_BOARD,
  PAWN,
  pieceOf,
  Position,
  QUEEN_SIDE,
} from "./board";
import { findMoves, Moves } from "./moves";

export const NEITHER = 0;
export const MATE = 1;
export const STALEMATE = 2;

const A1 = 0;
const E1 = 4;
const H1 = 7;
const A8 = 56;
const E8 = 60;
const H8 = 63;

const candidates = new Moves();
const next = new Position();

/** Changes the position as the move says; only for moves that `findMoves` found in it. */
export function play(position: Position, move: u16): void {
  const from: i32 = move & 63;
  const to: i32 = (move >> 6) & 63;
  const promotion: i32 = move >> 12;
  const piece = position.at(from);
  const kind = kindOf(piece);
  if (kind == PAWN && to == position.enPassant) position.put(behind(to), EMPTY);
  if (kind == KING && abs(to - from) == 2) moveRook(position, to > from, to);
  position.put(to, promotion != 0 ? pieceOf(position.side, promotion) : piece);
  position.put(from, EMPTY);
  position.castling &= ~(rightsOf(from) | rightsOf(to));
  position.enPassant = kind == PAWN && abs(to - from) == 16 ? (from + to) >> 1 : OFF_BOARD;
  position.side ^= 1;
}

/** Whether the rules allow this move. */
export function isLegal(position: Position, move: u16): bool {
  findMoves(position, candidates);
  for (let i = 0; i < candidates.length; i++) {
    if (candidates.at(i) == move) return keepsKingSafe(position, move);
  }
  return false;
}

/** Whether the side to move is mated or stalemated. */
export function outcome(position: Position): i32 {
  findMoves(position, candidates);
  for (let i = 0; i < candidates.length; i++) {
    if (keepsKingSafe(position, candidates.at(i))) return NEITHER;
  }
  return isInCheck(position, position.side) ? MATE : STALEMATE;
}

export function keepsKingSafe(position: Position, move: u16): bool {
  next.copyFrom(position);
  play(next, move);
  return !isInCheck(next, position.side);
}

/** Where the pawn stands that jumped over this square. */
@inline
function behind(enPassant: i32): i32 {
  return enPassant ^ 8;
}

function moveRook(position: Position, isKingSide: bool, kingTo: i32): void {
  const from = isKingSide ? kingTo + 1 : kingTo - 2;
  const to = isKingSide ? kingTo - 1 : kingTo + 1;
  position.put(to, position.at(from));
  position.put(from, EMPTY);
}

/** The castling rights that are lost when something leaves or enters this square. */
function rightsOf(square: i32): i32 {
  switch (square) {
    case A1: return QUEEN_SIDE;
    case E1: return QUEEN_SIDE | KING_SIDE;
    case H1: return KING_SIDE;
    case A8: return QUEEN_SIDE << 2;
    case E8: return (QUEEN_SIDE | KING_SIDE) << 2;
    case H8: return KING_SIDE << 2;
    default: return 0;
  }
}
