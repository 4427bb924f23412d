import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SECTION, withManifest } from "../kit/manifest.mjs";
import { decodeAnswer, encodeCall, signatureOf } from "./abi.mjs";
import { root, runApp } from "./run-app.mjs";

const EMPTY_MODULE = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const APPS = ["chess"];

for (const app of APPS) {
  const bytes = readFileSync(`${root}${app}/manifest.json`);
  const manifest = JSON.parse(bytes);

  test(`the module of ${app} carries its manifest, byte for byte`, async () => {
    const sections = sectionsOf(readFileSync(`${root}${app}/build/${app}.wasm`));

    assert.deepEqual(sections, [bytes]);
  });

  for (const described of manifest.functions) {
    test(`${app} answers the examples of ${signatureOf(described)}`, async () => {
      assert.ok(described.examples.length > 0);
      for (const example of described.examples) {
        const run = await runApp(app, { args: [encodeCall(described, example.arguments)] });

        assert.equal(run.stderr, "");
        const answer = JSON.parse(run.files["computed.json"])["callback-data"];
        assert.deepEqual(decodeAnswer(described, answer), example.result);
      }
    });
  }
}

test("a module without a manifest has no such section", () => {
  assert.deepEqual(sectionsOf(readFileSync(`${root}noop/build/noop.wasm`)), []);
});

test("a manifest of any size is found as it was", () => {
  for (const length of [2, 100, 127, 128, 16_383, 16_384, 100_000]) {
    const manifest = Buffer.from(JSON.stringify("m".repeat(length - 2)));

    assert.deepEqual(sectionsOf(withManifest(EMPTY_MODULE, manifest)), [manifest]);
  }
});

test("a second manifest, bad JSON and bad UTF-8 are refused", () => {
  const once = withManifest(EMPTY_MODULE, Buffer.from("{}"));

  assert.throws(() => withManifest(once, Buffer.from("{}")), /has a section/);
  assert.throws(() => withManifest(EMPTY_MODULE, Buffer.from("{")), SyntaxError);
  assert.throws(() => withManifest(EMPTY_MODULE, Buffer.from([0x22, 0xff, 0x22])), TypeError);
});

function sectionsOf(module) {
  const sections = WebAssembly.Module.customSections(new WebAssembly.Module(module), SECTION);
  return sections.map((section) => Buffer.from(section));
}
