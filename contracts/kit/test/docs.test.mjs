// The page on what can go wrong names the test of each row.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const PAGE = new URL("../../../docs/contracts-calling-the-grid.md", import.meta.url);
const TESTS = ["kit", "gas"].map((name) => new URL(`../../test/${name}/`, import.meta.url));

test("every row of what can go wrong names a test that exists", () => {
  const sources = TESTS.flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8")),
  ).join("\n");
  const section = readFileSync(PAGE, "utf8").split(/^## /m).find((it) => it.startsWith("What can"));
  const rows = section.split("\n").filter((line) => line.startsWith("| ")).slice(2);
  assert.ok(rows.length > 20);
  for (const row of rows) {
    const names = row.match(/\btest[A-Z]\w+/g) ?? [];
    if (!row.includes("end-to-end")) assert.ok(names.length > 0, row);
    for (const name of names) assert.match(sources, new RegExp(`function ${name}\\(`), name);
  }
});
