// The scripted games of the demo, and the positions that the Solidity tests share with these.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Chess } from "chess.js";
import { askPlay } from "./chess-app.mjs";
import { chessData, DATA_FILE } from "./chess-data.mjs";
import { root } from "./run-app.mjs";

const START = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq -";
const games = JSON.parse(readFileSync(`${root}chess/games.json`, "utf8"));

for (const { name, moves, finalFen } of games) {
  test(`both engines play ${name} to the same mate`, async () => {
    const other = new Chess();
    let fen = START;
    for (const [ply, { move, san }] of moves.entries()) {
      const answer = await askPlay(fen, move);
      const [from, to, promotion] = [move.slice(0, 2), move.slice(2, 4), move[4]];

      assert.equal(other.move({ from, to, promotion }).san, san);
      assert.ok(answer.legal, san);
      assert.equal(answer.outcome, ply === moves.length - 1 ? "mate" : "neither");
      fen = answer.fen;
    }
    assert.equal(fen, finalFen);
    assert.ok(other.isCheckmate());
    assert.equal(boardOf(fen), boardOf(other.fen()));
  });
}

test("the long game has castling of both sides, en passant and a promotion", () => {
  const other = new Chess();
  const flags = games[1].moves.map(({ san }) => other.move(san).flags);

  assert.equal(flags.filter((flag) => flag.includes("k")).length, 2);
  assert.ok(flags.some((flag) => flag.includes("e")));
  assert.ok(flags.some((flag) => flag.includes("p")));
});

test("the positions of the Solidity tests are up to date; if not: npm run chess-data", async () => {
  assert.equal(readFileSync(DATA_FILE, "utf8"), await chessData());
});

function boardOf(fen) {
  return fen.split(" ")[0];
}
