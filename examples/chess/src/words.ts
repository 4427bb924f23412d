// A position as two words of 32 bytes. Board: four bits a square, a1 first, 0 for empty. State:
// bit 0 the side to move, bits 1 to 4 the rights K Q k q, bits 8 to 15 the en-passant square + 1.

import { OFF_BOARD, Position, SQUARES } from "./board";

const WORD_BYTES = 32;
const CASTLING_BITS = 0b1_1110;
const KNOWN_FLAGS = 0b1_1111;

/** Says why these are not words of a position, or nothing; not whether it makes sense. */
export function readPosition(board: Uint8Array, state: Uint8Array, into: Position): string {
  for (let square = 0; square < SQUARES; square++) {
    const pair = board[square >> 1];
    into.put(square, (square & 1) == 0 ? pair >> 4 : pair & 15);
  }
  for (let i = 0; i < WORD_BYTES - 2; i++) {
    if (state[i] != 0) return "the state has bits above bit 15";
  }
  const flags = state[WORD_BYTES - 1];
  if ((flags & ~KNOWN_FLAGS) != 0) return "the state has one of the bits 5 to 7";
  into.side = flags & 1;
  into.castling = (flags & CASTLING_BITS) >> 1;
  into.enPassant = <i32>state[WORD_BYTES - 2] - 1;
  return into.enPassant >= SQUARES ? "the en-passant square is not on the board" : "";
}

export function boardWord(position: Position): Uint8Array {
  const word = new Uint8Array(WORD_BYTES);
  for (let i = 0; i < WORD_BYTES; i++) {
    word[i] = (position.at(2 * i) << 4) | position.at(2 * i + 1);
  }
  return word;
}

export function stateNumber(position: Position): u64 {
  const enPassant = position.enPassant == OFF_BOARD ? 0 : position.enPassant + 1;
  return position.side | (position.castling << 1) | (enPassant << 8);
}
