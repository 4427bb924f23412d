// What an app needs from its surroundings: arguments, variables, the two folders, and an honest end.

import {
  fd_close,
  fd_prestat_dir_name,
  fd_prestat_get,
  fd_read,
  fd_write,
  oflags,
  path_open,
  prestat,
  rights,
} from "@assemblyscript/wasi-shim/assembly/bindings/wasi_snapshot_preview1";

const INPUT = "/iexec_in";
const OUTPUT = "/iexec_out";
const FIRST_PREOPEN: u32 = 3;
const READ_CHUNK_BYTES = 64 * 1024;

/** Exit codes that the examples share. */
export namespace Exit {
  export const USAGE = 1;
  export const NO_INPUT = 2;
  export const BAD_INPUT = 3;
  export const NO_OUTPUT = 4;
}

/** Ends the app with an exit code that is not 0, and says why on standard error. */
export function fail(exitCode: i32, message: string): void {
  process.stderr.write(message + "\n");
  process.exit(exitCode);
}

/** The arguments after the program's name. */
export function args(): string[] {
  return process.argv.slice(1);
}

/** The value after an option such as `--paths`, or the fallback. */
export function option(name: string, fallback: string): string {
  const all = args();
  for (let i = 0; i + 1 < all.length; i++) {
    if (all[i] == name) return all[i + 1];
  }
  return fallback;
}

export function env(name: string, fallback: string): string {
  return process.env.has(name) ? process.env.get(name) : fallback;
}

/** Position of this task in its bag, from 0. */
export function taskIndex(): i32 {
  return wholeNumber(env("IEXEC_BOT_TASK_INDEX", env("IEXEC_TASK_INDEX", "0")), "the task index");
}

/** Reads digits only; anything else ends the app. */
export function wholeNumber(text: string, what: string): i32 {
  let value: i32 = 0;
  if (text.length == 0 || text.length > 9) failNumber(text, what);
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) failNumber(text, what);
    value = value * 10 + digit;
  }
  return value;
}

function failNumber(text: string, what: string): void {
  fail(Exit.USAGE, "expected a whole number for " + what + ", found: " + text);
}

/** The bytes of a file of /iexec_in, or null when it is not there. */
export function readInput(name: string): Uint8Array | null {
  const fd = open(INPUT, name, 0, rights.FD_READ);
  if (fd < 0) return null;
  const chunks = new Array<Uint8Array>();
  let total = 0;
  const target = memory.data(12);
  while (true) {
    const chunk = new Uint8Array(READ_CHUNK_BYTES);
    store<usize>(target, chunk.dataStart);
    store<usize>(target, READ_CHUNK_BYTES, 4);
    if (fd_read(fd, target, 1, target + 8) != 0) return null;
    const count = load<i32>(target, 8);
    if (count == 0) break;
    chunks.push(chunk.subarray(0, count));
    total += count;
  }
  fd_close(fd);
  const all = new Uint8Array(total);
  let at = 0;
  for (let i = 0; i < chunks.length; i++) {
    all.set(chunks[i], at);
    at += chunks[i].length;
  }
  return all;
}

/** Writes a file of /iexec_out; a refusal ends the app. */
export function writeOutput(name: string, text: string): void {
  writeOutputBytes(name, Uint8Array.wrap(String.UTF8.encode(text)));
}

export function writeOutputBytes(name: string, bytes: Uint8Array): void {
  const fd = open(OUTPUT, name, oflags.CREAT | oflags.TRUNC, rights.FD_WRITE);
  if (fd < 0) fail(Exit.NO_OUTPUT, "cannot write /iexec_out/" + name);
  const target = memory.data(12);
  let done = 0;
  while (done < bytes.length) {
    store<usize>(target, bytes.dataStart + done);
    store<usize>(target, bytes.length - done, 4);
    if (fd_write(fd, target, 1, target + 8) != 0) {
      fail(Exit.NO_OUTPUT, "cannot write all of /iexec_out/" + name);
    }
    done += load<i32>(target, 8);
  }
  fd_close(fd);
}

/** Opens a file of one of the two folders; negative when that fails. */
function open(folder: string, name: string, flags: u16, wanted: u64): i32 {
  const folderFd = preopened(folder);
  if (folderFd < 0) return -1;
  const path = String.UTF8.encode(name);
  const fd = memory.data(4);
  const errno = path_open(
    folderFd, 0, changetype<usize>(path), path.byteLength, flags, wanted, wanted, 0, fd);
  return errno == 0 ? load<i32>(fd) : -1;
}

/** The descriptor under which the host opened this folder before the app started. */
function preopened(folder: string): i32 {
  const about = memory.data(8);
  for (let fd = FIRST_PREOPEN; fd_prestat_get(fd, changetype<prestat>(about)) == 0; fd++) {
    const name = new Uint8Array(load<i32>(about, 4));
    fd_prestat_dir_name(fd, name.dataStart, name.length);
    if (String.UTF8.decode(name.buffer) == folder) return fd;
  }
  return -1;
}
