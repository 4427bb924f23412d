// The product of two matrices of 512 rows and columns, added up eight times.

import { reserve, say } from "./kernel";

const N: i32 = 512;
const ROUNDS: i32 = 8;

/** Of a row, in bytes. */
const SIZE: i32 = N * 8;

// Adds multiples of two rows to a third, four columns at a time, all loaded before one is stored. What
// a C compiler does with vectors must be written down here.
// @ts-ignore: decorator
@inline
function addRows(sum: usize, one: f64, other: f64, row: usize): void {
  const end = sum + SIZE;
  do {
    const v0 = load<f64>(sum) + one * load<f64>(row) + other * load<f64>(row, SIZE);
    const v1 = load<f64>(sum, 8) + one * load<f64>(row, 8) + other * load<f64>(row, SIZE + 8);
    const v2 = load<f64>(sum, 16) + one * load<f64>(row, 16) + other * load<f64>(row, SIZE + 16);
    const v3 = load<f64>(sum, 24) + one * load<f64>(row, 24) + other * load<f64>(row, SIZE + 24);
    store<f64>(sum, v0);
    store<f64>(sum, v1, 8);
    store<f64>(sum, v2, 16);
    store<f64>(sum, v3, 24);
    sum += 32;
    row += 32;
  } while (sum < end);
}

export function _start(): void {
  const a = reserve(N * N * 8);
  const b = reserve(N * N * 8);
  const c = reserve(N * N * 8);
  for (let i = 0; i < N * N; i++) {
    store<f64>(a + i * 8, <f64>((i * 7 + 3) % 101) / 8.0);
    store<f64>(b + i * 8, <f64>((i * 5 + 1) % 97) / 4.0);
    store<f64>(c + i * 8, 0);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < N; i++) {
      for (let k = 0; k < N; k += 2) {
        const at = a + (i * N + k) * 8;
        addRows(c + i * SIZE, load<f64>(at), load<f64>(at, 8), b + k * SIZE);
      }
    }
  }
  let sum: f64 = 0;
  for (let i = 0; i < N * N; i++) sum += load<f64>(c + i * 8) * <f64>((i % 13) + 1);
  say(reinterpret<u64>(sum));
}
