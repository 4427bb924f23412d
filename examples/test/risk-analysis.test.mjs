import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { riskModel } from "./risk-model.mjs";
import { DATASET, root, runApp } from "./run-app.mjs";

const PRICES = `risk-analysis/build/${DATASET}`;
const ROUNDING = 1e-7;

function analyse(index, args = ["--paths", "20000"], inputs = [PRICES]) {
  const env = { IEXEC_BOT_TASK_INDEX: String(index), IEXEC_DATASET_FILENAME: DATASET };
  return runApp("risk-analysis", { args, env, inputs });
}

test("twelve tasks cover twelve horizons and risk grows with the tail", async () => {
  const horizons = [];
  for (let index = 0; index < 12; index++) {
    const { exitCode, files } = await analyse(index);
    const risk = JSON.parse(files["risk.json"]);

    assert.equal(exitCode, 0);
    assert.ok(risk.var95 > 0 && risk.var99 > risk.var95, `VaR of ${files["risk.json"]}`);
    assert.ok(risk.es95 >= risk.var95 && risk.es99 >= risk.var99, `ES of ${files["risk.json"]}`);
    horizons.push(risk.horizonDays);
  }
  assert.deepEqual(horizons, [1, 2, 3, 5, 10, 15, 21, 42, 63, 126, 189, 252]);
});

test("the same task gives the same bytes", async () => {
  const [first, second] = [await analyse(4), await analyse(4)];

  assert.equal(first.files["risk.json"], second.files["risk.json"]);
});

for (const index of [0, 3, 6]) {
  test(`an independent model agrees with task ${index}`, async () => {
    const { files } = await analyse(index);
    const expected = riskModel(readFileSync(root + PRICES, "utf8"), index, 20000);

    const found = JSON.parse(files["risk.json"]);

    assert.deepEqual(Object.keys(found), Object.keys(expected));
    for (const [key, value] of Object.entries(expected)) {
      assert.ok(Math.abs(found[key] - value) < ROUNDING, `${key}: ${found[key]} and ${value}`);
    }
  });
}

test("the horizon can be chosen", async () => {
  const { files } = await analyse(0, ["--horizon-days", "7", "--paths", "1000"]);

  assert.equal(JSON.parse(files["risk.json"]).horizonDays, 7);
});

test("a missing dataset is named and ends with exit code 2", async () => {
  const { exitCode, stderr, files } = await analyse(0, [], []);

  assert.equal(exitCode, 2);
  assert.match(stderr, /the dataset \/iexec_in\/sp500-2000.csv is not there/);
  assert.deepEqual(files, {});
});

test("a dataset of something else ends with exit code 3", async () => {
  const env = { IEXEC_DATASET_FILENAME: "package.json" };
  const { exitCode, stderr } = await runApp("risk-analysis", { env, inputs: ["package.json"] });

  assert.equal(exitCode, 3);
  assert.match(stderr, /expected a column adjclose/);
});

test("an unknown option ends with exit code 1", async () => {
  const { exitCode, stderr } = await analyse(0, ["--horizon", "7"]);

  assert.equal(exitCode, 1);
  assert.match(stderr, /unknown option --horizon/);
});
