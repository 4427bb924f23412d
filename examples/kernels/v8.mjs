// Runs a module's `_start` as often as the second argument says; prints as the programs in C do.

import { readFile } from "node:fs/promises";

const [file, runs] = process.argv.slice(2);
const module = new WebAssembly.Module(await readFile(file));
let said = "";

function instantiate() {
  const instance = new WebAssembly.Instance(module, {
    wasi_snapshot_preview1: {
      fd_write(fd, parts) {
        const memory = new DataView(instance.exports.memory.buffer);
        const text = new Uint8Array(memory.buffer, memory.getUint32(parts, true), 16);
        said = String.fromCharCode(...text);
        return 0;
      },
    },
  });
  return instance;
}

for (let run = 0; run < Number(runs); run++) {
  const instance = instantiate();
  const began = process.hrtime.bigint();
  instance.exports._start();
  const took = process.hrtime.bigint() - began;
  console.log(`${said} ${took}`);
}
