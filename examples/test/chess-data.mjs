// Writes contracts/test/data/chess.json: positions with the outcomes that the chess app gives them, for
// the test of the same rules in Solidity.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { askOutcome, OUTCOMES } from "./chess-app.mjs";
import { randomGame } from "./chess-games.mjs";
import { legalMoves, setUp } from "./chess-rules.mjs";
import { wordsOf } from "./chess-words.mjs";
import { root } from "./run-app.mjs";

export const DATA_FILE = `${root}../contracts/test/data/chess.json`;

const MIDDLES = 160;
const ENDS = 60;
const MIDDLE_EVERY_PLIES = 25;

/** The file's text, from the committed lists, seeded games, and the built app's answers. */
export async function chessData() {
  const ends = JSON.parse(readFileSync(`${root}test/chess-ends.json`, "utf8"));
  const games = JSON.parse(readFileSync(`${root}chess/games.json`, "utf8"));
  const known = Object.entries(ends).flatMap(([outcome, positions]) =>
    Object.entries(positions).map(([name, fen]) => ({ name: `${outcome}: ${name}`, fen })),
  );
  const data = {
    known: await group(known),
    games: await group(games.map(({ name, finalFen }) => ({ name, fen: finalFen }))),
    random: await group(randomPositions().map((fen) => ({ name: fen, fen }))),
  };
  return `${JSON.stringify(data, null, 1)}\n`;
}

/** Columns, as Solidity tests read JSON. */
async function group(positions) {
  const columns = { names: [], boards: [], states: [], outcomes: [] };
  for (const { name, fen } of positions) {
    const { board, state } = wordsOf(fen);
    columns.names.push(name);
    columns.boards.push(board);
    columns.states.push(Number(state));
    columns.outcomes.push(OUTCOMES.indexOf(await askOutcome(fen)));
  }
  return columns;
}

/** Middles of games, and ends: games of chance seldom end, so more of them are played. */
function randomPositions() {
  const middles = [];
  const ends = [];
  for (let seed = 0; middles.length < MIDDLES || ends.length < ENDS; seed++) {
    const fens = [...randomGame(seed)].map(({ fen }) => fen);
    middles.push(...fens.filter((_, ply) => ply % MIDDLE_EVERY_PLIES === MIDDLE_EVERY_PLIES - 1));
    if (isEnd(fens.at(-1))) ends.push(fens.at(-1));
  }
  return [...middles.slice(0, MIDDLES), ...ends.slice(0, ENDS)];
}

function isEnd(fen) {
  setUp(fen);
  return legalMoves().length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(DATA_FILE, await chessData());
}
