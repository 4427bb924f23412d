#!/usr/bin/env node
// Stands in for `ruche app serve MODULE --port-file FILE --idle SECONDS`: says how long the
// arguments are, fails on those that begin with 0xdead, and forgets itself on 0xbad0.
import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const [noun, verb, module, portFlag, portFile, idleFlag, idle] = process.argv.slice(2);
if (`${noun} ${verb} ${portFlag} ${idleFlag}` !== "app serve --port-file --idle") {
  console.error(`fake-ruche: unexpected arguments ${process.argv.slice(2).join(" ")}`);
  process.exit(2);
}
if (module.endsWith("broken.wasm")) {
  console.error("fake-ruche: no such module");
  process.exit(1);
}

function answerTo({ args }) {
  if (args.startsWith("0xdead")) {
    return { failure: { code: 1, detail: "EXIT 3" }, reason: "it ended with 3", log: "the app said so" };
  }
  if (args.startsWith("0xbad0")) return {};
  const length = (args.length - 2) / 2;
  return { answer: `0x${length.toString(16).padStart(64, "0")}` };
}

let end;
const stayFor = (seconds) => {
  clearTimeout(end);
  end = setTimeout(() => process.exit(0), 1000 * seconds);
};

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    stayFor(Number(process.env.FAKE_IDLE ?? idle));
    const known = request.method === "POST" && request.url === "/call";
    response.writeHead(known ? 200 : 404);
    response.end(known ? JSON.stringify(answerTo(JSON.parse(body))) : "unknown");
  });
});
server.listen(0, "127.0.0.1", () => {
  if (process.env.FAKE_STARTS) appendFileSync(process.env.FAKE_STARTS, `${process.pid}\n`);
  const ready = { port: server.address().port, pid: process.pid };
  writeFileSync(`${portFile}.new`, JSON.stringify(ready));
  renameSync(`${portFile}.new`, portFile);
  stayFor(Number(process.env.FAKE_IDLE ?? idle));
});
