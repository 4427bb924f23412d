// Positions and moves between FEN, as everybody writes them, and the words of the chess app.

const PIECES = ".PNBRQK..pnbrqk";
const RIGHTS = "KQkq";
const PROMOTIONS = "..nbrq";

/** `{ board, state }` as hex and decimal; the clocks of a FEN have no place in it. */
export function wordsOf(fen) {
  const [ranks, side, rights, enPassant] = fen.split(" ");
  const squares = ranks
    .replace(/\d/g, (digit) => ".".repeat(digit))
    .split("/")
    .reverse()
    .join("");
  const nibbles = [...squares].map((piece) => Math.max(PIECES.indexOf(piece), 0).toString(16));
  const castling = [...RIGHTS].map((right, i) => (rights.includes(right) ? 2 << i : 0));
  const jumped = enPassant === "-" ? 0 : squareOf(enPassant) + 1;
  const state = castling.reduce((sum, bit) => sum + bit, side === "b" ? 1 : 0) + (jumped << 8);
  return { board: `0x${nibbles.join("")}`, state: String(state) };
}

/** The first four fields of the FEN of these words. */
export function fenOf({ board, state }) {
  const squares = [...board.slice(2)].map((nibble) => PIECES[parseInt(nibble, 16)]).join("");
  const ranks = squares.match(/.{8}/g).reverse().join("/");
  const rights = [...RIGHTS].filter((_, i) => Number(state) & (2 << i)).join("");
  const jumped = Number(state) >> 8;
  return [
    ranks.replace(/\.+/g, (gap) => gap.length),
    Number(state) & 1 ? "b" : "w",
    rights || "-",
    jumped === 0 ? "-" : squareName(jumped - 1),
  ].join(" ");
}

/** The number of a move such as e7e8q. */
export function moveNumber(text) {
  const promotion = text.length > 4 ? PROMOTIONS.indexOf(text[4]) : 0;
  return squareOf(text) + (squareOf(text.slice(2)) << 6) + (promotion << 12);
}

/** The text of a move's number, such as e7e8q. */
export function moveText(number) {
  const promotion = number >> 12;
  const squares = squareName(number & 63) + squareName((number >> 6) & 63);
  return squares + (promotion === 0 ? "" : PROMOTIONS[promotion]);
}

function squareOf(name) {
  return name.charCodeAt(0) - 97 + 8 * (name.charCodeAt(1) - 49);
}

function squareName(square) {
  return String.fromCharCode(97 + (square & 7), 49 + (square >> 3));
}
