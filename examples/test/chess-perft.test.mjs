// Numbers of move sequences, as https://www.chessprogramming.org/Perft_Results publishes them: a rule
// that is missing or too strict anywhere within a few moves gives another number.

import assert from "node:assert/strict";
import { test } from "node:test";
import { perft, setUp } from "./chess-rules.mjs";

const TABLE = [
  {
    name: "the start of the game",
    fen: "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq -",
    counts: [20, 400, 8_902, 197_281, 4_865_609],
  },
  {
    name: "position 2, Kiwipete",
    fen: "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq -",
    counts: [48, 2_039, 97_862, 4_085_603],
  },
  {
    name: "position 3",
    fen: "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - -",
    counts: [14, 191, 2_812, 43_238, 674_624],
  },
  {
    name: "position 4",
    fen: "r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq -",
    counts: [6, 264, 9_467, 422_333],
  },
  {
    name: "position 4 with the sides changed",
    fen: "r2q1rk1/pP1p2pp/Q4n2/bbp1p3/Np6/1B3NBn/pPPP1PPP/R3K2R b KQ -",
    counts: [6, 264, 9_467, 422_333],
  },
  {
    name: "position 5",
    fen: "rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ -",
    counts: [44, 1_486, 62_379, 2_103_487],
  },
  {
    name: "position 6",
    fen: "r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - -",
    counts: [46, 2_079, 89_890],
  },
  {
    name: "the position with the most moves (Petrović)",
    fen: "R6R/3Q4/1Q4Q1/4Q3/2Q4Q/Q4Q2/pp1Q4/kBNN1KB1 w - -",
    counts: [218, 99],
  },
];

for (const { name, fen, counts } of TABLE) {
  test(`perft of ${name} is as published`, () => {
    assert.ok(setUp(fen));

    assert.deepEqual(counts.map((_, i) => perft(i + 1)), counts);
  });
}
