// The page on what can go wrong names the test of each row.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../../", import.meta.url);
const PAGE = new URL("docs/contracts-calling-the-grid.md", ROOT);
const SOLIDITY = ["contracts/test/kit/", "contracts/test/gas/"];
const JAVA = ["e2e/src/test/java/io/ruche/e2e/"];

function sourcesIn(folders) {
  return folders
    .map((folder) => new URL(folder, ROOT))
    .flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

/** Names of the tests in the last cell of a row: "`File`: name, name; `File`: name". */
function testsOf(row) {
  return [...row.split("|").at(-2).matchAll(/(?:[:,]) (\w+)/g)].map((match) => match[1]);
}

test("every row of what can go wrong names a test that exists", () => {
  const sources = sourcesIn(SOLIDITY) + sourcesIn(JAVA);
  const section = readFileSync(PAGE, "utf8").split(/^## /m).find((it) => it.startsWith("What can"));
  const rows = section.split("\n").filter((line) => line.startsWith("| ")).slice(2);
  assert.ok(rows.length > 20);
  for (const row of rows) {
    const names = testsOf(row);
    assert.ok(names.length > 0, row);
    for (const name of names) assert.match(sources, new RegExp(`(function|void) ${name}\\(`), row);
  }
});
