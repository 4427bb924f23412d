// The package as it would be published: whole, and a project that has nothing else compiles with
// it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const KIT = fileURLToPath(new URL("..", import.meta.url));
const CONTRACTS = join(KIT, "..");
const work = mkdtempSync(join(tmpdir(), "kit-"));
after(() => rmSync(work, { recursive: true }));

const DAPP = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Failure} from "@ruche/kit/Failures.sol";
import {GridCaller} from "@ruche/kit/GridCaller.sol";
import {GridTest} from "@ruche/kit/testing/GridTest.sol";

contract Dapp is GridCaller {
    constructor(address hub) GridCaller(hub) {}
    function ask(address app) external returns (bytes32) {
        return _call(app, "", 1e9, block.timestamp + 1 days);
    }
    function _onResult(bytes32, bytes memory) internal override {}
    function _onFailure(bytes32, Failure memory) internal override {}
}

contract DappTest is GridTest {
    function testIsAnswered() public {
        Dapp dapp = new Dapp(address(GRID));
        _fundCaller(address(dapp), 1e9);
        _cannedAnswer(abi.encode(true));
        _answer(dapp.ask(address(1)));
    }
}
`;

function pack(...args) {
  const npm = ["pack", "--json", "--loglevel=error", ...args];
  return JSON.parse(execFileSync("npm", npm, { cwd: KIT, encoding: "utf8" }).replace(/^[^[]*/, ""));
}

test("holds all that is imported, and nothing else", () => {
  const [{ files }] = pack("--dry-run");
  const paths = files.map(({ path }) => path).sort();
  assert.deepEqual(paths.filter((path) => !path.endsWith(".sol")), [
    "README.md",
    "assembly/app.ts",
    "assembly/call.ts",
    "bin/answer.mjs",
    "package.json",
  ]);
  assert.ok(paths.includes("interfaces/HubTypes.sol"));
  assert.ok(paths.includes("testing/GridTest.sol"));
});

test("a project that has only the package compiles and tests a dapp", () => {
  const [{ filename }] = pack("--pack-destination", work);
  const kit = join(work, "node_modules/@ruche/kit");
  mkdirSync(kit, { recursive: true });
  execFileSync("tar", ["xzf", join(work, filename), "-C", kit, "--strip-components=1"]);
  mkdirSync(join(work, "test"));
  writeFileSync(join(work, "test/Dapp.t.sol"), DAPP);
  writeFileSync(
    join(work, "foundry.toml"),
    `[profile.default]
libs = ["node_modules"]
auto_detect_remappings = false
remappings = ["@ruche/kit/=node_modules/@ruche/kit/"]
evm_version = "cancun"
offline = true
solc = "${join(CONTRACTS, "bin/solc")}"
`,
  );
  const forge = spawnSync(join(CONTRACTS, "bin/forge"), ["test", "--root", work], {
    encoding: "utf8",
  });
  assert.equal(forge.status, 0, forge.stdout + forge.stderr);
  assert.match(forge.stdout, /\[PASS\] testIsAnswered/);
});

test("leaves the repository as it was", () => {
  const forwarded = readFileSync(join(KIT, "interfaces/HubTypes.sol"), "utf8");
  assert.match(forwarded, /import "..\/..\/src\/interfaces\/HubTypes.sol";/);
  assert.ok(!existsSync(join(KIT, "assembly")));
});
