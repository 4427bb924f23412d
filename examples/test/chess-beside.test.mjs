// The chess app's rules beside another engine, the package chess.js, over games of seeded chance.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chess } from "chess.js";
import {
  isCastling, isEnPassant, isPromotion, jumpedSquare, pieceAt, randomGame, STARTS,
} from "./chess-games.mjs";
import { allows, outcome, setUp } from "./chess-rules.mjs";
import { moveText } from "./chess-words.mjs";

const GAMES_PER_START = 8;
const SAN = /^([KQRBN]?)([a-h]?)([1-8]?)x?([a-h][1-8])(?:=([QRBN]))?[+#]?$/;

const seen = { positions: 0, castling: 0, enPassant: 0, promotion: 0, mate: 0, stalemate: 0 };

STARTS.forEach((start, index) => {
  test(`games from ${start} are the same for both engines`, () => {
    for (let game = 0; game < GAMES_PER_START; game++) {
      playBeside(start, index + game * STARTS.length);
    }
  });
});

test("the games held enough of everything", () => {
  assert.ok(seen.positions >= 3_000, `${seen.positions} positions`);
  for (const rare of ["castling", "enPassant", "promotion", "mate", "stalemate"]) {
    assert.ok(seen[rare] >= 2, `${rare}: ${seen[rare]}`);
  }
});

test("of all numbers that a move can have, exactly the legal moves are allowed", () => {
  const inside = [0, 1, 2, 3, 5].map((seed) => [...randomGame(seed)][20]);
  for (const { fen, moves } of inside) {
    setUp(fen);
    const allowed = [];
    for (let number = 0; number < 2 ** 16; number++) {
      if (allows(number)) allowed.push(moveText(number));
    }
    assert.deepEqual(allowed.sort(), moves.sort(), fen);
  }
});

function playBeside(start, seed) {
  const other = new Chess(`${start} 0 1`);
  for (const { fen, moves, move, after } of randomGame(seed)) {
    assertSameMoves(fen, moves, other.moves());
    assertSameOutcome(fen, other);
    seen.positions++;
    if (move !== undefined) {
      count(fen, move);
      other.move({ from: move.slice(0, 2), to: move.slice(2, 4), promotion: move[4] });
      assertSamePosition(after, other, jumpedSquare(fen, move));
    }
  }
}

/** Each move that the other engine names is one of ours, and we have no further. */
function assertSameMoves(fen, moves, sans) {
  const named = sans.map((san) => {
    const matching = moves.filter((move) => isNamed(san, fen, move));
    assert.equal(matching.length, 1, `${san} in ${fen} is ${matching}`);
    return matching[0];
  });
  assert.deepEqual(named.sort(), [...moves].sort(), fen);
}

function isNamed(san, fen, move) {
  if (san.startsWith("O-O")) {
    return isCastling(fen, move) && move[2] === (san.startsWith("O-O-O") ? "c" : "g");
  }
  const [, piece, file, rank, to, promotion] = SAN.exec(san);
  return (
    pieceAt(fen, move).toUpperCase() === (piece || "P") &&
    move.slice(2, 4) === to &&
    (!file || move[0] === file) &&
    (!rank || move[1] === rank) &&
    (move[4] ?? "") === (promotion ?? "").toLowerCase() &&
    !isCastling(fen, move)
  );
}

function assertSameOutcome(fen, other) {
  const expected = other.isCheckmate() ? "mate" : other.isStalemate() ? "stalemate" : "neither";
  setUp(fen);
  assert.equal(outcome(), expected, fen);
  if (expected !== "neither") seen[expected]++;
}

function count(fen, move) {
  if (isCastling(fen, move)) seen.castling++;
  if (isEnPassant(fen, move)) seen.enPassant++;
  if (isPromotion(move)) seen.promotion++;
}

/** The other engine forgets an en-passant square beside which no pawn stands. */
function assertSamePosition(after, other, jumped) {
  const fields = other.fen({ forceEnpassantSquare: true }).split(" ").slice(0, 4);
  const enPassant = fields.pop();
  assert.equal(after, [...fields, jumped].join(" "));
  assert.ok(enPassant === "-" || enPassant === jumped, `${enPassant} after ${after}`);
}
