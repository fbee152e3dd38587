// A demo shop on a free port, from the built binary, over a database of its own.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");

/** How long a shop may take to be made and to listen, and how long to end. A test that is merely
 *  slow must not fail, so both are generous; whoever exceeds them hangs. */
const START_MS = 180_000;
const STOP_MS = 60_000;

/** The binary that is tried: RIALTO_BIN, or the debug build. */
export function binary() {
  const target = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
  return process.env.RIALTO_BIN ?? join(target, "debug", "rialto");
}

/**
 * Makes a shop and starts it with these settings; gives its address, `stop`, which fails where it does not end by
 * itself, and `restart`, which starts it once more over the same database at the same address.
 */
export async function open(settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), "rialto-clients-"));
  const clear = () => rm(folder, { recursive: true, force: true });
  let running;
  try {
    running = await start(folder, "127.0.0.1:0", settings);
  } catch (error) {
    await clear();
    throw error;
  }
  const { url } = running;
  const restart = async () => {
    await running.stop();
    running = await start(folder, new URL(url).host, settings);
  };
  return { url, restart, stop: () => running.stop().finally(clear) };
}

/** Starts the binary over what is in the folder. */
async function start(folder, listen, settings) {
  const child = spawn(binary(), ["serve", "--demo"], {
    cwd: folder,
    env: { ...outside(), ...inside(folder), ...settings, RIALTO_LISTEN: listen },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const told = [];
  createInterface({ input: child.stderr }).on("line", (line) => told.push(line));
  const ended = new Promise((done) => child.once("close", (code, signal) => done(signal ?? code)));
  ended.then(() => process.removeListener("exit", kill));
  const failed = new Promise((_, fail) => child.once("error", fail));
  const early = ended.then((how) => {
    throw new Error(`the shop ended with ${how} before it served:\n${told.join("\n")}`);
  });
  early.catch(() => {});
  const stop = async () => {
    child.kill("SIGTERM");
    const how = await within(STOP_MS, ended, "the shop does not stop").finally(kill);
    if (how !== 0) throw new Error(`the shop ended with ${how}:\n${told.join("\n")}`);
  };
  try {
    const url = await within(START_MS, Promise.race([address(child), early, failed]), "no shop");
    return { url, stop };
  } catch (error) {
    kill();
    throw error;
  }
}

/** The shop of a test file: the one of RIALTO_URL, which `run.mjs` names, or one of its own. */
export async function shop() {
  if (process.env.RIALTO_URL) return process.env.RIALTO_URL;
  const opened = await open();
  after(opened.stop);
  return opened.url;
}

/** The environment without any setting of the person who runs this. */
function outside() {
  const all = Object.entries(process.env);
  return Object.fromEntries(
    all.filter(([name]) => !name.startsWith("RIALTO_") && name !== "DATABASE_URL"),
  );
}

function inside(folder) {
  return {
    DATABASE_URL: `sqlite:${join(folder, "shop.db")}`,
    RIALTO_SECRET_KEY_FILE: join(folder, "secret.key"),
    RIALTO_SQLITE_DURABLE: "false",
  };
}

/** The address that the shop says it serves at. */
function address(child) {
  return new Promise((found) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = /GraphQL API\s+(http:\S+)/.exec(line)?.[1];
      if (url) found(url);
    });
  });
}

/** What is promised, or an error after so long. */
export function within(ms, promise, what) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what}: waited ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
