// Runs a built example in node's own WASI, an engine that has nothing in common with the workers'.

import { mkdtemp, mkdir, open, readFile, readdir, rm, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const DATASET = "sp500-2000.csv";

/** Runs `<app>/build/<app>.wasm`; answers exit code, standard error and the output files. */
export async function runApp(app, { args = [], env = {}, inputs = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "ruche-example-"));
  const [input, output] = [join(folder, "in"), join(folder, "out")];
  const stderr = await open(join(folder, "stderr"), "w");
  try {
    await mkdir(input);
    await mkdir(output);
    await Promise.all(inputs.map((file) => copyFile(root + file, join(input, basename(file)))));
    const wasi = new WASI({
      version: "preview1",
      args: ["app", ...args],
      env,
      preopens: { "/iexec_in": input, "/iexec_out": output },
      stderr: stderr.fd,
      returnOnExit: true,
    });
    const module = await WebAssembly.compile(await readFile(`${root}${app}/build/${app}.wasm`));
    const exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
    return {
      exitCode,
      stderr: await readFile(join(folder, "stderr"), "utf8"),
      files: await readAll(output),
    };
  } finally {
    await stderr.close();
    await rm(folder, { recursive: true });
  }
}

async function readAll(folder) {
  const names = await readdir(folder);
  const texts = names.map((name) => readFile(join(folder, name), "utf8"));
  return Object.fromEntries((await Promise.all(texts)).map((text, i) => [names[i], text]));
}
