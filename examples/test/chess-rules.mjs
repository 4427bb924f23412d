// The chess app's rules of play, compiled for tests: one position at a time.

import { readFileSync } from "node:fs";
import { fenOf, moveNumber, moveText, wordsOf } from "./chess-words.mjs";
import { root } from "./run-app.mjs";

const WORD_BYTES = 32;
const OUTCOMES = ["neither", "mate", "stalemate"];

const module = new WebAssembly.Module(readFileSync(`${root}chess/build/rules.wasm`));
const rules = new WebAssembly.Instance(module).exports;

/** Makes this the position that all that follows is about; false when it is not one of a game. */
export function setUp(fen) {
  const { board, state } = wordsOf(fen);
  const words = board.slice(2) + BigInt(state).toString(16).padStart(2 * WORD_BYTES, "0");
  buffer().set(Buffer.from(words, "hex"));
  return rules.readWords() === 1;
}

export function legalMoves() {
  const count = rules.findLegalMoves();
  const numbers = new Uint16Array(rules.memory.buffer, rules.legalMovesBuffer(), count);
  return [...numbers].map(moveText);
}

/** Whether the rules allow the move with this number, whatever it is. */
export function allows(number) {
  return rules.allows(number) === 1;
}

export function play(move) {
  rules.playMove(moveNumber(move));
  return position();
}

export function outcome() {
  return OUTCOMES[rules.outcomeOf()];
}

export function perft(depth) {
  return rules.perft(depth);
}

/** The first four fields of the position's FEN. */
function position() {
  rules.writeWords();
  const hex = Buffer.from(buffer()).toString("hex");
  const state = BigInt(`0x${hex.slice(2 * WORD_BYTES)}`).toString();
  return fenOf({ board: `0x${hex.slice(0, 2 * WORD_BYTES)}`, state });
}

function buffer() {
  return new Uint8Array(rules.memory.buffer, rules.wordsBuffer(), 2 * WORD_BYTES);
}
