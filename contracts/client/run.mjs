// Installs the public client and walks the hub with it; only where nothing may be skipped (CI): it
// brings some 240 packages.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

if (!process.env.RUCHE_REQUIRE_ALL) {
  console.log("SKIPPED: the walk of the public client; set RUCHE_REQUIRE_ALL=1 to run it");
  process.exit(0);
}
const cwd = fileURLToPath(new URL(".", import.meta.url));
for (const command of ["npm ci --ignore-scripts --no-audit --no-fund", "node walk.mjs"]) {
  const { status } = spawnSync(command, { cwd, shell: true, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
