// Builds every example from source: examples/<app>/build/<app>.wasm, and copies the demo's dataset.
// `--write-sums` also records the hashes in SHA256SUMS.

import asc from "assemblyscript/asc";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { withManifest } from "./kit/manifest.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));

process.chdir(root);

const apps = [
  { name: "risk-analysis", source: "risk-analysis/src/risk.ts" },
  { name: "noop", source: "noop/src/noop.ts" },
  { name: "failing", source: "failing/src/failing.ts" },
  { name: "chess", source: "chess/src/chess.ts" },
];

// Run by tests only: nothing of WASI, no hash recorded.
const testModules = [{ source: "chess/test/rules.ts", target: "chess/build/rules.wasm" }];

// Run by `ruche bench wasm`, each beside the same computation in C.
const kernels = ["sha256", "mandelbrot", "sieve", "matrix"].map((name) => ({
  source: `kernels/${name}.ts`,
  target: `kernels/build/${name}.wasm`,
}));

const dataset = {
  from: "node_modules/vega-datasets/data/sp500-2000.csv",
  to: "risk-analysis/build/sp500-2000.csv",
};

const wasi = ["--config", "node_modules/@assemblyscript/wasi-shim/asconfig.json", "--noAssert"];
const noImports = ["--use", "abort="];

async function buildApp({ name, source }) {
  const target = `${name}/build/${name}.wasm`;
  await mkdir(`${root}${name}/build`, { recursive: true });
  await compile(source, target, wasi);
  await embedManifest(name, target);
  return target;
}

async function compile(source, target, options) {
  // Small functions: the workers' engine compiles them well; -O3 merges them and is 8 times slower.
  const { error, stderr } = await asc.main(
    [source, "--outFile", target, "--runtime", "minimal", "-Os", ...options],
    {},
  );
  if (error) {
    throw new Error(`cannot compile ${source}: ${error.message}\n${stderr.toString()}`);
  }
}

async function embedManifest(name, target) {
  const manifest = `${name}/manifest.json`;
  if (existsSync(manifest)) {
    await writeFile(target, withManifest(await readFile(target), await readFile(manifest)));
  }
}

async function sumOf(path) {
  const hash = createHash("sha256").update(await readFile(root + path)).digest("hex");
  return `${hash}  ${path}\n`;
}

// First: once it has compiled with the shim, the compiler adds its parts to every module.
await mkdir(`${root}kernels/build`, { recursive: true });
for (const { source, target } of [...testModules, ...kernels]) {
  await compile(source, target, noImports);
}
const built = [];
for (const app of apps) {
  built.push(await buildApp(app));
}
await copyFile(root + dataset.from, root + dataset.to);
built.push(dataset.to);

const sums = (await Promise.all(built.map(sumOf))).join("");
process.stdout.write(sums);
if (process.argv.includes("--write-sums")) {
  await writeFile(root + "SHA256SUMS", sums);
} else if (sums !== (await readFile(root + "SHA256SUMS", "utf8"))) {
  console.error("the built files differ from SHA256SUMS; if that is wanted, run: npm run sums");
  process.exitCode = 1;
}
