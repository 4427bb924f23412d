// SHA-256 over 64 MiB: a block of 64 bytes, each word of it taken from the state before.

import { say } from "./kernel";

const BLOCKS: u32 = 1 << 20;

const K = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

const START = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const STATE = memory.data(32, 8);
const W = memory.data(256, 8);

// @ts-ignore: decorator
@inline
function at(base: usize, index: i32): u32 {
  return load<u32>(base + (index << 2));
}

// @ts-ignore: decorator
@inline
function put(base: usize, index: i32, value: u32): void {
  store<u32>(base + (index << 2), value);
}

function compress(): void {
  for (let i = 16; i < 64; i++) {
    const early = at(W, i - 15);
    const late = at(W, i - 2);
    const s0 = rotr(early, 7) ^ rotr(early, 18) ^ (early >> 3);
    const s1 = rotr(late, 17) ^ rotr(late, 19) ^ (late >> 10);
    put(W, i, at(W, i - 16) + s0 + at(W, i - 7) + s1);
  }
  let a = at(STATE, 0);
  let b = at(STATE, 1);
  let c = at(STATE, 2);
  let d = at(STATE, 3);
  let e = at(STATE, 4);
  let f = at(STATE, 5);
  let g = at(STATE, 6);
  let h = at(STATE, 7);
  for (let i = 0; i < 64; i++) {
    const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(W, i);
    const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  put(STATE, 0, at(STATE, 0) + a);
  put(STATE, 1, at(STATE, 1) + b);
  put(STATE, 2, at(STATE, 2) + c);
  put(STATE, 3, at(STATE, 3) + d);
  put(STATE, 4, at(STATE, 4) + e);
  put(STATE, 5, at(STATE, 5) + f);
  put(STATE, 6, at(STATE, 6) + g);
  put(STATE, 7, at(STATE, 7) + h);
}

export function _start(): void {
  for (let i = 0; i < 8; i++) put(STATE, i, at(START, i));
  for (let block: u32 = 0; block < BLOCKS; block++) {
    for (let i = 0; i < 16; i++) put(W, i, at(STATE, i & 7) + block * i);
    compress();
  }
  say((<u64>at(STATE, 0) << 32) | at(STATE, 1));
}
