// Fetches the peer's built contracts for a test, and prints the folder they are in. The package is unpacked, not
// installed, as its dependencies cannot be had; nothing of it is kept in this repository but the pin of its content.
// Exit code 2: it cannot be fetched here. Exit code 1: what came is not what was pinned.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const pin = JSON.parse(readFileSync(join(here, "pin.json"), "utf8"));
const unpacked = join(here, "node_modules", `${pin.package.replace("/", "+")}@${pin.version}`);

function end(code, message) {
  console.error(message);
  process.exit(code);
}

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: here, encoding: "utf8" });
  if (status !== 0) end(2, `cannot fetch ${pin.package}@${pin.version}: ${program}: ${stderr || "it is not installed or was ended"}`);
  return stdout;
}

function fetch() {
  mkdirSync(join(here, "node_modules"), { recursive: true });
  const part = mkdtempSync(join(here, "node_modules", ".part-"));
  process.on("exit", () => rmSync(part, { recursive: true, force: true }));
  run("npm", "pack", "--loglevel=error", `${pin.package}@${pin.version}`, "--pack-destination", part);
  const file = join(part, `${pin.package.replace("@", "").replace("/", "-")}-${pin.version}.tgz`);
  const found = "sha512-" + createHash("sha512").update(readFileSync(file)).digest("base64");
  if (found !== pin.integrity) end(1, `expected ${pin.package} with ${pin.integrity}, found ${found}`);
  run("tar", "-xzf", file, "-C", part);
  if (!existsSync(unpacked)) renameSync(join(part, "package"), unpacked);
}

if (!existsSync(unpacked)) fetch();
console.log(unpacked);
