// Writes docs/gas.md from snapshots/ and the peer's figures; with --check only says whether that
// page is up to date. The figures in snapshots/ are those of `npm test`.
import { readFileSync, writeFileSync } from "node:fs";

const PEER = JSON.parse(readFileSync(new URL("./peer-gas.json", import.meta.url), "utf8"));
const PAGE = new URL("../../docs/gas.md", import.meta.url);
const TARGETS = {
  standard: 900_000,
  dataset: 1_000_000,
  "bag-of-10-per-task": 520_000,
  contributeAndFinalize: 750_000,
  createApp: 350_000,
};

function snapshot(name) {
  return JSON.parse(readFileSync(new URL(`../snapshots/${name}.json`, import.meta.url), "utf8"));
}

const number = (value) => (value === undefined ? "" : Number(value).toLocaleString("en-US"));
const saved = (peer, here) => (peer ? `${Math.round(100 * (1 - here / peer))} %` : "");

function taskRows() {
  return Object.entries(PEER.tasks).map(([name, { text, steps, sum }]) => {
    const here = snapshot(name);
    const cells = steps.map(
      ([step, peer]) => `${step} ${number(peer)} → ${number(here[step])}`,
    );
    const target = TARGETS[name];
    const sums = [number(sum), number(here.sum), saved(sum, here.sum), number(target)];
    return [text, cells.join("<br>"), ...sums];
  });
}

function singleRows() {
  return PEER.single.map(({ text, group, name, gas }) => {
    const here = snapshot(group)[name];
    return [text, number(gas), number(here), saved(gas, here), number(TARGETS[name])];
  });
}

const STEPS = ["call", "matchOrders", "initialize", "contribute", "reveal", "finalize", "sum"];

function kitRows() {
  const open = snapshot("kit-open-call");
  const offers = snapshot("kit-call-with-offers");
  return STEPS.map((step) => [step, number(offers[step]), number(open[step])]);
}

const ACCOUNT = snapshot("worker-account");

function accountRows() {
  const plain = { ...snapshot("standard"), ...snapshot("contributeAndFinalize") };
  return ["contribute", "reveal", "contributeAndFinalize"].map((step) => [
    step,
    number(plain[step]),
    number(ACCOUNT[step]),
  ]);
}

const chessRows = () =>
  Object.entries(snapshot("chess-game")).map(([step, gas]) => [step, number(gas)]);

const POKES = snapshot("kit-poke");

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const page = `# Gas

Written by \`npm run gas:table\` (in contracts/) from \`contracts/snapshots\` and the peer's figures in
\`contracts/scripts/peer-gas.json\`. Both are \`gasUsed\` of separate transactions under the same conditions: app
\`hello-1\` of type \`DOCKER\`, a multiaddr of 43 bytes, 61 bytes of params, results of 84 bytes, prices 1e6 / 5e5 / 1e7,
fresh salts, accounts that were used before and have money locked. The peer's are of its contracts 6.2.0 with their own
build settings; ours of the Cancun rules, solc 0.8.34, 200 runs, without the IR pipeline. \`npm run gas\` fails when any
figure of ours differs from its snapshot; the targets are asserted by the tests.

## Tasks

${table(["scenario", "steps: peer → here", "peer", "here", "saved", "target"], taskRows())}

## Other calls

${table(["call", "peer", "here", "saved", "target"], singleRows())}

## Calls of contracts

A contract of the kit asks with two words of arguments and keeps an answer of one word; \`finalize\` calls it back. It
asked before; offers are handed in and matched at once, or the call is left open and the pool matches it.

${table(["step", "with offers", "open"], kitRows())}

Ending a call that is stuck: \`pokeUnmatched\` ${number(POKES.pokeUnmatched)}, \`poke\` of a task that
was never initialized ${number(POKES["poke, never initialized"])}.

A game of chess whose last move the grid judges (\`examples/chess/contracts\`); the mate test in Solidity instead takes
up to ${number(snapshot("chess-in-solidity")["mate-most"])}, and does not yet say whether the moves were legal:

${table(["step", "gas"], chessRows())}

## Workers

Through a \`WorkerAccount\`, for which many machines work, beside a plain wallet; at its cap \`contribute\` also settles
up to four tasks that ended (${number(ACCOUNT["contribute, at the cap"])}):

${table(["step", "plain wallet", "account"], accountRows())}

Where the gas goes, and why so much less: [ADR 2](adr/0002-hub-structure.md).
`;

if (process.argv.includes("--check")) {
  if (readFileSync(PAGE, "utf8") !== page) {
    console.error("docs/gas.md is not what the snapshots say: run `npm run gas:table`.");
    process.exit(1);
  }
} else {
  writeFileSync(PAGE, page);
}
