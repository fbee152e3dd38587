// Starts one shop, lets every client at it, stops it, and says what ran: `node run.mjs [FILE…]`.
// RIALTO_PYTHON names a Python that has gql; without it, that one is left out.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { binary, open } from "./server.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const named = process.argv.slice(2);
const files = named.length ? named : readdirSync(HERE).filter((file) => /\.test\.mjs$/.test(file));
const python = process.env.RIALTO_PYTHON;

console.log(`clients: starting a demo shop with ${binary()}`);
const shop = await open();
const stopped = stopOnSignal(shop);
const summary = [];
let failed = false;
try {
  console.log(`clients: the shop is at ${shop.url}`);
  await step(`node: ${versions()}`, process.execPath, [
    "--test",
    "--test-timeout=300000",
    `--test-reporter=${process.env.CI ? "tap" : "spec"}`,
    ...files,
  ]);
  if (named.length) {
    // Only these.
  } else if (python) {
    await step("python: gql", python, ["-m", "unittest", "discover", "--verbose", "-s", "python"]);
  } else {
    summary.push(`left out  python: gql (${process.env.RIALTO_PYTHON_WHY ?? "no RIALTO_PYTHON"})`);
  }
} finally {
  await stopped();
}
console.log(["", "clients:", ...summary.map((line) => `  ${line}`)].join("\n"));
process.exit(failed ? 1 : 0);

async function step(name, command, args) {
  const env = { ...process.env, RIALTO_URL: shop.url };
  const child = spawn(command, args, { cwd: HERE, env, stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => done(signal ?? code));
  });
  failed ||= code !== 0;
  summary.push(`${code === 0 ? "ok      " : "FAILED  "}  ${name}`);
}

/** The libraries that are tried, with their versions. */
function versions() {
  const { devDependencies } = JSON.parse(readFileSync(`${HERE}/package.json`, "utf8"));
  return Object.entries(devDependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

/** Stops the shop once, also when this is told to end. */
function stopOnSignal({ stop }) {
  let stopping;
  const once = () => (stopping ??= stop());
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => once().finally(() => process.exit(130)));
  }
  return once;
}
