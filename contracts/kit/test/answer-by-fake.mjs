// answer.mjs with the stand-in for `ruche`.
import { fileURLToPath } from "node:url";

process.env.RUCHE = fileURLToPath(new URL("fake-ruche.mjs", import.meta.url));
await import("../bin/answer.mjs");
