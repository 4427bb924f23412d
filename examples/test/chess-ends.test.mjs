// Known mates, stalemates and positions that only look like one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { allows, outcome, play, setUp } from "./chess-rules.mjs";
import { moveNumber } from "./chess-words.mjs";
import { root } from "./run-app.mjs";

const ends = JSON.parse(readFileSync(`${root}test/chess-ends.json`, "utf8"));

for (const [expected, positions] of Object.entries(ends)) {
  for (const [name, fen] of Object.entries(positions)) {
    test(`${expected}: ${name}`, () => {
      assert.ok(setUp(fen));

      assert.equal(outcome(), expected);
    });
  }
}

test("there are at least 20 mates and 20 stalemates", () => {
  assert.ok(Object.keys(ends.mate).length >= 20);
  assert.ok(Object.keys(ends.stalemate).length >= 20);
});

const lastMoves = [
  ["6br/5Ppk/7p/8/8/8/8/6K1 w - -", "f7f8n", "mate"],
  ["6br/5Ppk/7p/8/8/8/8/6K1 w - -", "f7f8q", "neither"],
  ["6k1/4Pppp/8/8/8/8/8/6K1 w - -", "e7e8r", "mate"],
  ["6k1/4Pppp/8/8/8/8/8/6K1 w - -", "e7e8b", "neither"],
  ["5k2/8/5KP1/8/8/8/8/8 w - -", "g6g7", "neither"],
  ["k7/2P5/1K6/8/8/8/8/8 w - -", "c7c8q", "mate"],
  ["k7/2P5/2K5/8/8/8/8/8 w - -", "c7c8b", "neither"],
  ["rn3r2/pbppq1p1/1p2pN2/8/3P2NP/6P1/PPP1BP1R/R3K1k1 w Q -", "e1c1", "mate"],
  ["r1bq1r2/pp2n3/4N2k/3pPppP/1b1n2Q1/2N5/PP3PP1/R1B1K2R w KQ g6", "h5g6", "mate"],
];

for (const [fen, move, expected] of lastMoves) {
  test(`${move} in ${fen} leads to ${expected}`, () => {
    assert.ok(setUp(fen));
    assert.ok(allows(moveNumber(move)));

    play(move);

    assert.equal(outcome(), expected);
  });
}
