import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const ANSWER = fileURLToPath(new URL("../bin/answer.mjs", import.meta.url));
const FAKE = fileURLToPath(new URL("fake-ruche.mjs", import.meta.url));
const SEVEN = `0x${"7".padStart(64, "0")}`;
const FAILURE =
  "0xd35b7e80" +
  "0000000000000000000000000000000000000000000000000000000000000001" +
  "0000000000000000000000000000000000000000000000000000000000000040" +
  "0000000000000000000000000000000000000000000000000000000000000006" +
  "4558495420330000000000000000000000000000000000000000000000000000";

const IDLE_SECONDS = "60";
const started = [];

after(() => {
  for (const servers of started) for (const pid of servers()) if (!isOver(pid)) process.kill(pid);
});

/** A module that no other test uses, and the servers that were started for it. */
function fresh(name = "app.wasm") {
  const folder = mkdtempSync(join(tmpdir(), "answer-"));
  const module = join(folder, name);
  const starts = join(folder, "starts");
  writeFileSync(module, folder);
  writeFileSync(starts, "");
  const servers = () => readFileSync(starts, "utf8").split("\n").filter(Boolean).map(Number);
  started.push(servers);
  return { module, servers, env: { RUCHE: FAKE, FAKE_STARTS: starts, FAKE_IDLE: IDLE_SECONDS } };
}

function run(app, ...args) {
  const env = { ...process.env, ...app.env };
  return new Promise((done) => {
    execFile(process.execPath, [ANSWER, app.module, ...args], { env }, (problem, stdout, stderr) =>
      done({ code: problem?.code ?? 0, stdout, stderr }),
    );
  });
}

const isOver = (pid) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

test("starts a server once and keeps it", async () => {
  const app = fresh();
  assert.deepEqual(await run(app, "0x01234567c0ffee"), { code: 0, stdout: SEVEN, stderr: "" });
  assert.equal((await run(app, "0x")).stdout, `0x${"0".repeat(64)}`);
  assert.equal(app.servers().length, 1);
});

test("many at once share one server", async () => {
  const app = fresh();
  const results = await Promise.all(Array.from({ length: 6 }, () => run(app, "0x01234567c0ffee")));
  assert.deepEqual(new Set(results.map((result) => result.stdout)), new Set([SEVEN]));
  assert.equal(app.servers().length, 1);
});

test("a module that was built again gets a server of its own", async () => {
  const app = fresh();
  await run(app, "0x00");
  writeFileSync(app.module, "built again");
  await run(app, "0x00");
  assert.equal(app.servers().length, 2);
});

test("starts another server after one that is gone", async () => {
  const app = fresh();
  await run(app, "0x00");
  process.kill(app.servers()[0]);
  while (!isOver(app.servers()[0])) await new Promise((done) => setImmediate(done));
  assert.equal((await run(app, "0x01234567c0ffee")).stdout, SEVEN);
  assert.equal(app.servers().length, 2);
});

test("prints a failure as the contract gets it, and reason and log beside", async () => {
  const result = await run(fresh(), "0xdead");
  const stderr = "it ended with 3\nthe app said so\n";
  assert.deepEqual(result, { code: 0, stdout: FAILURE, stderr });
});

test("refuses what is neither an answer nor a failure", async () => {
  const result = await run(fresh(), "0xbad0");
  assert.equal(result.code, 1);
  assert.match(result.stderr, /neither an answer nor a failure/);
});

test("says what to do without the command", async () => {
  const app = fresh();
  app.env.RUCHE = "no-such-command";
  const result = await run(app, "0x00");
  assert.equal(result.code, 1);
  assert.match(result.stderr, /'no-such-command app serve' does not run/);
  assert.match(result.stderr, /say in RUCHE where/);
});

test("shows what a server said that ended at once", async () => {
  const result = await run(fresh("broken.wasm"), "0x00");
  assert.equal(result.code, 1);
  assert.match(result.stderr, /it ended with 1[^]*fake-ruche: no such module/);
});

test("refuses other arguments", async () => {
  for (const args of [[], ["0x0"], ["00"], ["0xzz"]]) {
    const result = await run(fresh(), ...args);
    assert.equal(result.code, 1);
    assert.match(result.stderr, /usage: answer.mjs MODULE.wasm 0xARGS/);
  }
});
