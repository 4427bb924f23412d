// The kit's interfaces are the hub's. In this repository the files in interfaces/ only forward to
// contracts/src/interfaces; in the package they are copies, as nothing outside of it exists there.
//   copy     before packing: puts the copies in place
//   forward  after packing: puts the forwarding files back
import { readFileSync, writeFileSync } from "node:fs";

const NAMES = ["HubTypes.sol", "ICallbacks.sol"];
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
  const notice = "// Forwards in the repository, a copy in the package: see scripts/interfaces.mjs.";
  return `// SPDX-License-Identifier: Apache-2.0
${PRAGMA}

${notice}
import "../../src/interfaces/${name}";
`;
}

const contentOf = { copy: copyOf, forward: forwardOf }[process.argv[2]];
if (!contentOf) {
  console.error("usage: node scripts/interfaces.mjs copy|forward");
  process.exit(2);
}
for (const name of NAMES) writeFileSync(at(`interfaces/${name}`), contentOf(name));
