// Calls the built chess app as a contract would, with positions and moves as text.

import { readFileSync } from "node:fs";
import { decodeAnswer, encodeCall } from "./abi.mjs";
import { fenOf, moveNumber, wordsOf } from "./chess-words.mjs";
import { root, runApp } from "./run-app.mjs";

export const OUTCOMES = ["neither", "mate", "stalemate"];

const manifest = JSON.parse(readFileSync(`${root}chess/manifest.json`, "utf8"));

/** The functions that the manifest describes, by name. */
export const functions = Object.fromEntries(manifest.functions.map((f) => [f.name, f]));

export async function askOutcome(fen) {
  const { board, state } = wordsOf(fen);
  const [outcome] = await ask(functions.outcome, [board, state]);
  return OUTCOMES[outcome];
}

export async function askPlay(fen, move) {
  const before = wordsOf(fen);
  const values = [before.board, before.state, moveNumber(move)];
  const [legal, board, state, outcome] = await ask(functions.play, values);
  return { legal, fen: fenOf({ board, state }), outcome: OUTCOMES[outcome] };
}

export function callChess(args) {
  return runApp("chess", { args });
}

async function ask(described, values) {
  const { stderr, files } = await callChess([encodeCall(described, values)]);
  if (stderr !== "") throw new Error(stderr);
  return decodeAnswer(described, JSON.parse(files["computed.json"])["callback-data"]);
}
