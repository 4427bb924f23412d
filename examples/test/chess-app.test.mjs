// The chess app as workers run it: a call in, an answer or an exit code out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encodeCall } from "./abi.mjs";
import { askOutcome, askPlay, callChess, functions } from "./chess-app.mjs";
import { randomGame } from "./chess-games.mjs";
import { outcome, setUp } from "./chess-rules.mjs";
import { wordsOf } from "./chess-words.mjs";

const START = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq -";
const BAD_CALL = 2;
const BAD_POSITION = 3;

test("the app answers as its rules do, move by move", async () => {
  for (const { fen, move, after } of [...randomGame(1), ...randomGame(3)]) {
    setUp(fen);
    assert.equal(await askOutcome(fen), outcome(), fen);
    if (move === undefined) continue;
    const answer = await askPlay(fen, move);
    setUp(after);
    assert.deepEqual(answer, { legal: true, fen: after, outcome: outcome() });
  }
});

test("a move that is not allowed changes nothing", async () => {
  for (const move of ["e2e5", "e7e5", "e4e5", "e1g1", "e2e4q"]) {
    assert.deepEqual(await askPlay(START, move), { legal: false, fen: START, outcome: "neither" });
  }
});

test("no move is allowed in mate, and it stays mate", async () => {
  const fen = "R5k1/1R6/8/8/8/8/8/6K1 b - -";

  assert.deepEqual(await askPlay(fen, "g8g7"), { legal: false, fen, outcome: "mate" });
});

const start = Object.values(wordsOf(START));
const good = encodeCall(functions.outcome, start);
const badCalls = {
  "no argument": [],
  "two arguments": [good, good],
  "an empty word": [""],
  "no 0x": [good.slice(2)],
  "half a byte": [`${good}0`],
  "a letter that is not hex": [`${good.slice(0, -1)}g`],
  "only 0x": ["0x"],
  "a short selector": ["0x021df7"],
  "no words": ["0x021df747"],
  "half a word": [good.slice(0, -32)],
  "half a word too many": [good + "0".repeat(32)],
  "a word too many": [good + "0".repeat(64)],
  "a word too few": [good.slice(0, -64)],
  "an unknown selector": [good.replace("0x02", "0x03")],
  "a move of more than 16 bits": [encodeCall(functions.play, [...start, 2 ** 16])],
  "a move whose highest bit is set": [encodeCall(functions.play, [...start, 1n << 255n])],
};

for (const [name, args] of Object.entries(badCalls)) {
  test(`refused: ${name}`, async () => assertRefused(await callChess(args), BAD_CALL));
}

test("hex in capitals is a call too", async () => {
  assert.equal((await callChess([`0x${good.slice(2).toUpperCase()}`])).exitCode, 0);
});

const badPositions = {
  "no white king": "4k3/8/8/8/8/8/8/8 w - -",
  "two black kings": "4k2k/8/8/8/8/8/8/4K3 w - -",
  "a pawn on the first rank": "4k3/8/8/8/8/8/8/P3K3 w - -",
  "a pawn on the last rank": "p3k3/8/8/8/8/8/8/4K3 w - -",
  "the side that has moved is in check": "4k3/8/8/8/8/8/4R3/4K3 w - -",
  "kings side by side": "8/8/8/3kK3/8/8/8/8 w - -",
  "a right without the rook": "4k3/8/8/8/8/8/8/4K3 w K -",
  "a right without the king": "4k3/8/8/8/8/8/8/R2K4 w Q -",
  "a right with the rook of the other side": "4k2R/8/8/8/8/8/8/r3K3 w k -",
  "nobody has jumped": "4k3/8/8/8/8/8/8/4K3 w - e6",
  "the own pawn has jumped": "4k3/8/8/8/4P3/8/8/4K3 w - e3",
  "jumped from a square that is taken": "4k3/4n3/8/4p3/8/8/8/4K3 w - e6",
  "jumped over a square that is taken": "4k3/8/4n3/4p3/8/8/8/4K3 w - e6",
  "jumped on a wrong rank": "4k3/8/8/8/4p3/8/8/4K3 w - e5",
};

for (const [name, fen] of Object.entries(badPositions)) {
  test(`refused: ${name}`, async () => {
    const call = encodeCall(functions.outcome, Object.values(wordsOf(fen)));

    assertRefused(await callChess([call]), BAD_POSITION);
  });
}

const badWords = {
  "piece 7": [start[0].replace("99", "79"), start[1]],
  "piece 8": [start[0].replace("00", "80"), start[1]],
  "piece 15": [start[0].replace("99", "f9"), start[1]],
  "state bit 5": [start[0], 30 + 32],
  "state bit 16": [start[0], 30 + 2 ** 16],
  "state bit 255": [start[0], 30n + (1n << 255n)],
  "en-passant square 64": [start[0], 30 + (65 << 8)],
};

for (const [name, words] of Object.entries(badWords)) {
  test(`refused: ${name}`, async () => {
    assertRefused(await callChess([encodeCall(functions.outcome, words)]), BAD_POSITION);
  });
}

function assertRefused({ exitCode, stderr, files }, expected) {
  assert.equal(exitCode, expected);
  assert.match(stderr, /^.{10,}\n$/);
  assert.deepEqual(files, {});
}
