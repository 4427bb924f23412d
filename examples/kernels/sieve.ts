// Sums the primes below 2^24, three times.

import { reserve, say } from "./kernel";

const LIMIT: u32 = 1 << 24;
const ROUNDS: u32 = 3;

export function _start(): void {
  const composite = reserve(LIMIT);
  let sum: u64 = 0;
  for (let round: u32 = 0; round < ROUNDS; round++) {
    memory.fill(composite, 0, LIMIT);
    for (let i: u32 = 2; i < LIMIT; i++) {
      if (load<u8>(composite + i)) continue;
      sum += i + round;
      if (i < 4096) {
        for (let j: u32 = i * i; j < LIMIT; j += i) store<u8>(composite + j, 1);
      }
    }
  }
  say(sum);
}
