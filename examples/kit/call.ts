// An app that contracts call: its only argument is Solidity calldata in hex, its answer is
// ABI-encoded and goes back as the callback's data. A word is 32 bytes, big-endian.

import { args, fail, writeOutput } from "./app";

/** Exit code for calldata that no function of the app understands. */
export const BAD_CALL = 2;

const SELECTOR_BYTES = 4;
const WORD_BYTES = 32;
const HEX = "0123456789abcdef";

/** The call that the app was started for: which function, and its arguments. */
export class Call {
  private constructor(private readonly bytes: Uint8Array) {}

  /** Reads the app's only argument; ends the app when that is not calldata. */
  static read(): Call {
    if (args().length != 1) {
      fail(BAD_CALL, "expected one argument, the call; found " + args().length.toString());
    }
    const bytes = fromHex(args()[0]);
    if (bytes.length % WORD_BYTES != SELECTOR_BYTES) {
      fail(
        BAD_CALL,
        "expected a call of 4 bytes and whole words; found " + bytes.length.toString() + " bytes");
    }
    return new Call(bytes);
  }

  /** The first four bytes of keccak256("name(type,…)"). */
  get selector(): u32 {
    return bswap(load<u32>(this.bytes.dataStart));
  }

  /** Ends the app unless the arguments take exactly so many words. */
  expectWords(count: i32): void {
    const found = (this.bytes.length - SELECTOR_BYTES) / WORD_BYTES;
    if (found != count) {
      const words = count.toString() + " words of arguments";
      fail(BAD_CALL, "expected " + words + ", found " + found.toString());
    }
  }

  /** Argument number `index`, unchecked: a bytes32, or anything the app checks itself. */
  word(index: i32): Uint8Array {
    const start = SELECTOR_BYTES + index * WORD_BYTES;
    return this.bytes.slice(start, start + WORD_BYTES);
  }

  /** Argument number `index` as a uint16; ends the app when it is larger. */
  uint16(index: i32): u16 {
    return <u16>this.uint(index, 2);
  }

  /** Argument number `index` as a uint64; ends the app when it is larger. */
  uint64(index: i32): u64 {
    return this.uint(index, 8);
  }

  private uint(index: i32, bytes: i32): u64 {
    const word = this.word(index);
    for (let i = 0; i < WORD_BYTES - bytes; i++) {
      if (word[i] != 0) {
        const type = "uint" + (8 * bytes).toString();
        fail(BAD_CALL, "argument " + index.toString() + " is more than a " + type);
      }
    }
    return bswap(load<u64>(word.dataStart + WORD_BYTES - 8));
  }

  /** Ends the app: it has no function with this selector. */
  refuse(): void {
    fail(BAD_CALL, "no function has the selector 0x" + toHex(this.bytes.slice(0, SELECTOR_BYTES)));
  }
}

/** The values that a function returns, in their order. */
export class Answer {
  private hex: string = "0x";

  /** A bytes32, or any other 32 bytes. */
  word(word: Uint8Array): Answer {
    this.hex += toHex(word);
    return this;
  }

  /** A uintN up to 64 bits. */
  uint(value: u64): Answer {
    const word = new Uint8Array(WORD_BYTES);
    store<u64>(word.dataStart + WORD_BYTES - 8, bswap(value));
    return this.word(word);
  }

  bool(value: bool): Answer {
    return this.uint(value ? 1 : 0);
  }

  /** Hands the answer over; call it once, at the end. */
  send(): void {
    writeOutput("computed.json", '{"callback-data":"' + this.hex + '"}');
  }
}

function fromHex(text: string): Uint8Array {
  if (!text.startsWith("0x") || text.length % 2 != 0) {
    fail(BAD_CALL, "expected a call in hex with 0x and whole bytes");
  }
  const bytes = new Uint8Array(text.length / 2 - 1);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = <u8>((digit(text, 2 * i + 2) << 4) | digit(text, 2 * i + 3));
  }
  return bytes;
}

function digit(text: string, at: i32): i32 {
  const value = HEX.indexOf(text.charAt(at).toLowerCase());
  if (value < 0) fail(BAD_CALL, "expected a call in hex; character " + at.toString() + " is not");
  return value;
}

function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) {
    text += HEX.charAt(bytes[i] >> 4) + HEX.charAt(bytes[i] & 15);
  }
  return text;
}
