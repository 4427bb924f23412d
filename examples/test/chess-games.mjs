// Games of seeded chance: the same seed plays the same game. Rare moves are preferred, so that a few
// thousand positions hold enough of them.

import { legalMoves, play, setUp } from "./chess-rules.mjs";

const RARE = 0.5;
const MAX_PLIES = 80;

/** The usual start, crowded positions, bare boards with pawns about to promote. */
export const STARTS = [
  "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq -",
  "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq -",
  "r3k2r/pppppppp/8/8/8/8/PPPPPPPP/R3K2R b KQkq -",
  "n1n5/PPPk4/8/8/8/8/4Kppp/5N1N b - -",
  "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - -",
  "4k3/pppppppp/8/8/8/8/PPPPPPPP/4K3 w - -",
  "7k/8/8/8/8/1Q6/8/K5R1 w - -",
  "8/8/8/3k4/8/8/1q3r2/7K b - -",
];

/** Plays from the start with the seed's number, modulo theirs. Yields
 * `{ fen, moves, move, after }` for each move of the game, at last one without a move. */
export function* randomGame(seed) {
  const random = generator(seed);
  let fen = STARTS[seed % STARTS.length];
  for (let ply = 0; ply < MAX_PLIES; ply++) {
    if (!setUp(fen)) throw new Error(`seed ${seed} led to ${fen}, which is no position of a game`);
    const moves = legalMoves();
    if (moves.length === 0) break;
    const move = choose(fen, moves, random);
    const after = play(move);
    yield { fen, moves, move, after };
    fen = after;
  }
  setUp(fen);
  yield { fen, moves: legalMoves() };
}

function choose(fen, moves, random) {
  const rare = moves.filter((move) => isRare(fen, move));
  const from = rare.length > 0 && random() < RARE ? rare : moves;
  return from[Math.floor(random() * from.length)];
}

function isRare(fen, move) {
  return isPromotion(move) || isEnPassant(fen, move) || isCastling(fen, move);
}

export function isPromotion(move) {
  return move.length > 4;
}

export function isEnPassant(fen, move) {
  return pieceAt(fen, move).toUpperCase() === "P" && move.slice(2, 4) === fen.split(" ")[3];
}

export function isCastling(fen, move) {
  return pieceAt(fen, move).toUpperCase() === "K" && /^e[18][cg]/.test(move);
}

/** The square that this pawn's double step jumps over, or "-". */
export function jumpedSquare(fen, move) {
  const isPawn = pieceAt(fen, move).toUpperCase() === "P";
  return isPawn && Math.abs(move[1] - move[3]) === 2 ? `${move[0]}${(+move[1] + +move[3]) / 2}` : "-";
}

/** The letter of the piece on the square that the text starts with. */
export function pieceAt(fen, square) {
  const rank = fen.split(/[ /]/)[8 - Number(square[1])];
  return rank.replace(/\d/g, (digit) => ".".repeat(digit))[square.charCodeAt(0) - 97];
}

/** Mulberry32: small, seeded, the same everywhere. */
function generator(seed) {
  let state = seed + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
