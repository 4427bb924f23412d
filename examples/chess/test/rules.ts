// The rules of the chess app for tests, without the app around them: one position at a time, which
// travels in a buffer of two words.

import { Position } from "../src/board";
import { findMoves, MAX_MOVES, Moves } from "../src/moves";
import { isLegal, keepsKingSafe, outcome, play } from "../src/play";
import { problemOf } from "../src/problem";
import { boardWord, readPosition, stateNumber } from "../src/words";

const WORD_BYTES = 32;
const MAX_DEPTH = 8;

const position = new Position();
const words = new Uint8Array(2 * WORD_BYTES);
const legal = new Uint16Array(MAX_MOVES);

const movesAt = new StaticArray<Moves>(MAX_DEPTH + 1);
const positionAt = new StaticArray<Position>(MAX_DEPTH + 1);
for (let depth = 0; depth <= MAX_DEPTH; depth++) {
  movesAt[depth] = new Moves();
  positionAt[depth] = new Position();
}

export function wordsBuffer(): usize {
  return words.dataStart;
}

export function legalMovesBuffer(): usize {
  return legal.dataStart;
}

/** Takes the position from the buffer; false when it cannot be one of a game. */
export function readWords(): bool {
  const board = words.slice(0, WORD_BYTES);
  const state = words.slice(WORD_BYTES, 2 * WORD_BYTES);
  return readPosition(board, state, position) == "" && problemOf(position) == "";
}

export function writeWords(): void {
  words.fill(0);
  words.set(boardWord(position), 0);
  store<u64>(words.dataStart + 2 * WORD_BYTES - 8, bswap(stateNumber(position)));
}

/** Fills the buffer of legal moves; answers how many there are. */
export function findLegalMoves(): i32 {
  const moves = movesAt[0];
  findMoves(position, moves);
  let count = 0;
  for (let i = 0; i < moves.length; i++) {
    if (keepsKingSafe(position, moves.at(i))) legal[count++] = moves.at(i);
  }
  return count;
}

export function allows(move: u16): bool {
  return isLegal(position, move);
}

export function playMove(move: u16): void {
  play(position, move);
}

export function outcomeOf(): i32 {
  return outcome(position);
}

/** The number of sequences of so many legal moves. */
export function perft(depth: i32): i32 {
  return perftFrom(position, depth);
}

function perftFrom(from: Position, depth: i32): i32 {
  const moves = movesAt[depth];
  findMoves(from, moves);
  let count = 0;
  for (let i = 0; i < moves.length; i++) {
    if (!keepsKingSafe(from, moves.at(i))) continue;
    count += depth == 1 ? 1 : perftAfter(from, moves.at(i), depth - 1);
  }
  return count;
}

function perftAfter(from: Position, move: u16, depth: i32): i32 {
  const after = positionAt[depth];
  after.copyFrom(from);
  play(after, move);
  return perftFrom(after, depth);
}
