// The product of two matrices of 512 rows and columns, added up eight times.

import { reserve, say } from "./kernel";

const N: i32 = 512;
const ROUNDS: i32 = 8;

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
      for (let k = 0; k < N; k++) {
        const factor = load<f64>(a + (i * N + k) * 8);
        let from = b + k * N * 8;
        let to = c + i * N * 8;
        const end = to + N * 8;
        while (to < end) {
          store<f64>(to, load<f64>(to) + factor * load<f64>(from));
          from += 8;
          to += 8;
        }
      }
    }
  }
  let sum: f64 = 0;
  for (let i = 0; i < N * N; i++) sum += load<f64>(c + i * 8) * <f64>((i % 13) + 1);
  say(reinterpret<u64>(sum));
}
