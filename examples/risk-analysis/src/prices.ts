// Daily closing prices from CSV, read byte by byte.

import { Exit, fail } from "../../kit/app";

const COMMA: u8 = 44;
const NEWLINE: u8 = 10;
const RETURN: u8 = 13;
const DOT: u8 = 46;

/** The column of dividend-adjusted closing prices, oldest first. */
export function closingPrices(csv: Uint8Array): Float64Array {
  const column = columnOf(csv, "adjclose");
  const rows = countLines(csv) - 1;
  if (rows < 2) fail(Exit.BAD_INPUT, "expected at least 2 days of prices, found " + rows.toString());
  const prices = new Float64Array(rows);
  let at = nextLine(csv, 0);
  for (let row = 0; row < rows; row++) {
    let start = at;
    for (let field = 0; field < column; field++) start = nextField(csv, start);
    prices[row] = decimal(csv, start, row + 2);
    at = nextLine(csv, at);
  }
  return prices;
}

function columnOf(csv: Uint8Array, name: string): i32 {
  const header = String.UTF8.decode(csv.slice(0, endOfLine(csv, 0)).buffer);
  const column = header.trim().split(",").indexOf(name);
  if (column < 0) fail(Exit.BAD_INPUT, "expected a column " + name + ", found: " + header.trim());
  return column;
}

function countLines(csv: Uint8Array): i32 {
  let lines = 0;
  for (let at = 0; at < csv.length; at = nextLine(csv, at)) lines++;
  return lines;
}

function endOfLine(csv: Uint8Array, from: i32): i32 {
  let at = from;
  while (at < csv.length && csv[at] != NEWLINE) at++;
  return at;
}

function nextLine(csv: Uint8Array, from: i32): i32 {
  return endOfLine(csv, from) + 1;
}

function nextField(csv: Uint8Array, from: i32): i32 {
  let at = from;
  while (at < csv.length && csv[at] != COMMA && csv[at] != NEWLINE) at++;
  return at + 1;
}

/** Reads digits with at most one dot: all digits as a whole number, then one exact division. */
function decimal(csv: Uint8Array, from: i32, line: i32): f64 {
  let digits: u64 = 0;
  let scale: f64 = 1;
  let isFraction = false;
  let at = from;
  for (; at < csv.length && csv[at] != COMMA && csv[at] != NEWLINE && csv[at] != RETURN; at++) {
    const digit = csv[at] - 48;
    if (csv[at] == DOT && !isFraction) {
      isFraction = true;
    } else if (digit > 9) {
      fail(Exit.BAD_INPUT, "expected a price in line " + line.toString());
    } else {
      digits = digits * 10 + digit;
      if (isFraction) scale *= 10;
    }
  }
  if (digits == 0 || digits >= 1 << 53) {
    fail(Exit.BAD_INPUT, "expected a positive price in line " + line.toString());
  }
  return <f64>digits / scale;
}
