// The kit's interfaces are the hub's. In this repository the files in interfaces/ only forward to
// contracts/src/interfaces; in the package they are copies, as nothing outside of it exists there.
// What apps in AssemblyScript import, assembly/, is in the package only: copies of examples/kit.
//   copy     before packing: puts the copies in place
//   forward  after packing: puts the forwarding files back
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const NAMES = ["HubTypes.sol", "ICallbacks.sol"];
const FOR_APPS = ["app.ts", "call.ts"];
const PRAGMA = "pragma solidity ^0.8.24;";

const at = (path) => new URL(`../${path}`, import.meta.url);

function copyOf(name) {
  const text = readFileSync(at(`../src/interfaces/${name}`), "utf8");
  if (/^import /m.test(text)) throw new Error(`${name} imports: copy what it imports, too`);
  const copy = text.replace(/^pragma solidity .*;$/m, PRAGMA);
  if (!copy.includes(PRAGMA)) throw new Error(`${name} has no pragma`);
  return copy;
}

function forwardOf(name) {
  const notice = "// Forwards in the repository, a copy in the package: see scripts/copies.mjs.";
  return `// SPDX-License-Identifier: Apache-2.0
${PRAGMA}

${notice}
import "../../src/interfaces/${name}";
`;
}

const contentOf = { copy: copyOf, forward: forwardOf }[process.argv[2]];
if (!contentOf) {
  console.error("usage: node scripts/copies.mjs copy|forward");
  process.exit(2);
}
rmSync(at("assembly"), { recursive: true, force: true });
if (process.argv[2] === "copy") {
  mkdirSync(at("assembly"));
  for (const name of FOR_APPS) copyFileSync(at(`../../examples/kit/${name}`), at(`assembly/${name}`));
}
for (const name of NAMES) writeFileSync(at(`interfaces/${name}`), contentOf(name));
