#!/usr/bin/env node
// Runs an app's module on the arguments of a call and prints what a contract would be called back
// with, as hex: `answer.mjs MODULE.wasm 0xARGS`. For forge's ffi; GridTest calls it.
//
// The module runs in `ruche app serve`, which is started when it does not run yet, stays warm for a
// minute after its last call and then ends by itself. RUCHE names the command where `ruche` is not
// on the path.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const COMMAND = process.env.RUCHE || "ruche";
const IDLE_SECONDS = 60;
const START_MILLIS = 60_000;
const CALL_MILLIS = 120_000;
const POLL_MILLIS = 20;
const LOG_TAIL = 2_000;
/** The first bytes of keccak256("TaskFailed(uint8,string)"). */
const TASK_FAILED = "d35b7e80";

const word = (value) => BigInt(value).toString(16).padStart(64, "0");

/** The ABI encoding of `TaskFailed(code, detail)`. */
function failureBytes({ code, detail }) {
  const text = Buffer.from(detail, "utf8");
  const padded = text.toString("hex").padEnd(Math.ceil(text.length / 32) * 64, "0");
  return `0x${TASK_FAILED}${word(code)}${word(64)}${word(text.length)}${padded}`;
}

/** Files of the server that runs exactly this module. */
function placeOf(module) {
  const folder = join(tmpdir(), `ruche-kit-${userInfo().username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = createHash("sha256").update(module).update(readFileSync(module)).digest("hex");
  const file = (kind) => join(folder, `${name.slice(0, 32)}.${kind}`);
  return { port: file("port"), lock: file("lock"), log: file("log") };
}

/** What the server answers; undefined when none runs. */
async function call(place, args) {
  let port;
  try {
    port = JSON.parse(readFileSync(place.port, "utf8")).port;
  } catch {
    return undefined;
  }
  try {
    return await post(port, JSON.stringify({ args }));
  } catch (problem) {
    // Reset: its idle time ended as it was asked. The same arguments give the same answer, so ask again.
    if (["ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(problem.code)) return undefined;
    throw problem;
  }
}

function post(port, body) {
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const options = { host: "127.0.0.1", port, path: "/call", method: "POST", headers };
  return new Promise((done, fail) => {
    const sent = request({ ...options, timeout: CALL_MILLIS }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", fail);
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        if (response.statusCode === 200) done(JSON.parse(text));
        else fail(new Error(`${COMMAND} app serve answered ${response.statusCode}: ${text}`));
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer in ${CALL_MILLIS} ms`)));
    sent.on("error", fail);
    sent.end(body);
  });
}

/** Whether this process may start the server; another one may be at it. */
function takesLock(lock) {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (problem) {
    if (problem.code !== "EEXIST") throw problem;
  }
  try {
    if (Date.now() - statSync(lock).mtimeMs > START_MILLIS) rmSync(lock, { force: true });
  } catch {
    // The other process is done.
  }
  return false;
}

function start(module, place) {
  rmSync(place.port, { force: true });
  const log = openSync(place.log, "w");
  const args = ["app", "serve", module, "--port-file", place.port, "--idle", `${IDLE_SECONDS}`];
  const server = spawn(COMMAND, args, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  const started = { problem: undefined };
  server.on("error", (problem) => (started.problem = problem.message));
  server.on("exit", (code) => (started.problem = `it ended with ${code}`));
  server.unref();
  return started;
}

async function startAndCall(module, place, args) {
  const until = Date.now() + START_MILLIS;
  let locked = false;
  let started;
  try {
    while (Date.now() < until && !started?.problem) {
      locked ||= takesLock(place.lock);
      // Asked under the lock too: another process may have started the server since the last look.
      const answer = await call(place, args);
      if (answer) return answer;
      if (locked) started ??= start(module, place);
      await sleep(POLL_MILLIS);
    }
  } finally {
    if (locked) rmSync(place.lock, { force: true });
  }
  throw new Error(
    `'${COMMAND} app serve' does not run: ${started?.problem ?? "it took too long"}.\n` +
      "Install Ruche, or say in RUCHE where its command is. A test that needs no real run can use\n" +
      `_cannedAnswer. What it said:\n${logOf(place)}`,
  );
}

function logOf(place) {
  try {
    return readFileSync(place.log, "utf8").slice(-LOG_TAIL);
  } catch {
    return "(nothing)";
  }
}

async function main() {
  const [module, args] = process.argv.slice(2);
  if (!module || !/^0x([0-9a-f]{2})*$/i.test(args ?? "")) {
    throw new Error("usage: answer.mjs MODULE.wasm 0xARGS");
  }
  const path = resolve(module);
  const place = placeOf(path);
  const result = (await call(place, args)) ?? (await startAndCall(path, place, args));
  for (const line of [result.reason, result.log]) if (line) console.error(line);
  if (result.answer) return result.answer;
  if (result.failure) return failureBytes(result.failure);
  throw new Error(`neither an answer nor a failure: ${JSON.stringify(result)}`);
}

try {
  process.stdout.write(await main());
} catch (problem) {
  console.error(`answer.mjs: ${problem.message}`);
  process.exitCode = 1;
}
