import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { root } from "./run-app.mjs";

const lines = readFileSync(root + "SHA256SUMS", "utf8").trim().split("\n");

for (const [sum, path] of lines.map((line) => line.split("  "))) {
  test(`${path} has the hash that SHA256SUMS records`, () => {
    const found = createHash("sha256").update(readFileSync(root + path)).digest("hex");

    assert.equal(found, sum);
  });
}
