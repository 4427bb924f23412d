import assert from "node:assert/strict";
import { test } from "node:test";
import { runApp } from "./run-app.mjs";

test("noop writes its arguments and its index", async () => {
  const { exitCode, files } = await runApp("noop", {
    args: ["hello", "world"],
    env: { IEXEC_TASK_INDEX: "7" },
  });

  assert.equal(exitCode, 0);
  assert.deepEqual(files, { "result.txt": "index: 7\nargs: hello world\n" });
});

test("failing ends with the exit code it is asked for", async () => {
  assert.equal((await runApp("failing", { args: ["exit", "42"] })).exitCode, 42);
});

test("failing traps when asked to", async () => {
  await assert.rejects(runApp("failing", { args: ["trap"] }), WebAssembly.RuntimeError);
});

test("failing overflows its stack when asked to", async () => {
  await assert.rejects(runApp("failing", { args: ["recursion"] }), RangeError);
});

test("failing writes as many files as it is asked for", async () => {
  const { files } = await runApp("failing", { args: ["files", "3"] });

  assert.deepEqual(Object.keys(files).sort(), ["file-0.txt", "file-1.txt", "file-2.txt"]);
});

test("failing explains itself when asked for nothing", async () => {
  const { exitCode, stderr } = await runApp("failing");

  assert.equal(exitCode, 1);
  assert.match(stderr, /usage: ok/);
});
