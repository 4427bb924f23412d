// xoshiro128** (Blackman and Vigna, public domain algorithm): 32-bit, fast, the same everywhere.

const GOLDEN: u32 = 0x9e3779b9;

export class Random {
  private a: u32;
  private b: u32;
  private c: u32;
  private d: u32;
  private seed: u32;

  constructor(seed: u32) {
    this.seed = seed;
    this.a = this.scramble();
    this.b = this.scramble();
    this.c = this.scramble();
    this.d = this.scramble();
  }

  /** A whole number from 0 to bound - 1. */
  @inline
  below(bound: u32): u32 {
    return <u32>((<u64>this.next() * bound) >> 32);
  }

  @inline
  private next(): u32 {
    const result = rotl<u32>(this.b * 5, 7) * 9;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotl<u32>(this.d, 11);
    return result;
  }

  /** Spreads a small seed over 32 bits (finalizer of MurmurHash3). */
  private scramble(): u32 {
    this.seed += GOLDEN;
    let z = this.seed;
    z = (z ^ (z >> 16)) * 0x85ebca6b;
    z = (z ^ (z >> 13)) * 0xc2b2ae35;
    return z ^ (z >> 16);
  }
}
