// Fails in the way that its first argument names; for tests of what happens then.

import { args, Exit, fail, wholeNumber, writeOutput, writeOutputBytes } from "../../kit/app";

const MEBIBYTE = 1 << 20;
const PAGES_PER_MEBIBYTE = 16;

function recurse(depth: i32): i32 {
  return depth < 0 ? 0 : recurse(depth + 1) + depth;
}

/** Asks for memory until it is refused, then gives up as most languages do. */
function eatMemory(): void {
  while (memory.grow(PAGES_PER_MEBIBYTE) >= 0) {}
  unreachable();
}

function loopForever(): void {
  while (true) {}
}

function writeFiles(count: i32): void {
  for (let i = 0; i < count; i++) {
    writeOutput("file-" + i.toString() + ".txt", i.toString());
  }
}

function argument(index: i32, fallback: string): string {
  return index < args().length ? args()[index] : fallback;
}

function number(fallback: string): i32 {
  return wholeNumber(argument(1, fallback), "the second argument");
}

const how = argument(0, "");
if (how == "ok") writeOutput("result.txt", "ok\n");
else if (how == "exit") process.exit(number("3"));
else if (how == "trap") unreachable();
else if (how == "loop") loopForever();
else if (how == "tell") {
  process.stdout.write("at work\n");
  loopForever();
} else if (how == "memory") eatMemory();
else if (how == "recursion") writeOutput("depth.txt", recurse(0).toString());
else if (how == "files") writeFiles(number("100000"));
else if (how == "bytes") writeOutputBytes("big.bin", new Uint8Array(number("1024") * MEBIBYTE));
else if (how == "reserved") writeOutput("ruche-failure.json", "{}");
else {
  fail(
    Exit.USAGE,
    "usage: ok | exit CODE | trap | loop | tell | memory | recursion | files N | bytes MIB | reserved");
}
