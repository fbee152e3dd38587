// The code in docs/clients.md is the code that is tested here.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const PAGE = new URL("docs/clients.md", ROOT);
const QUOTE = /(<!-- (tests\/clients\/\S+) -->\n```\w+\n)([\s\S]*?)```/g;

const page = readFileSync(PAGE, "utf8");
const current = page.replace(QUOTE, (_, head, path) => `${head}${quoted(path)}\`\`\``);

/** A file as the page shows it: without its first line, which says what the heading says. */
function quoted(path) {
  const text = readFileSync(new URL(path, ROOT), "utf8");
  return text.replace(/^.*\n\n?/, "");
}

test("the page shows the code as it is (RIALTO_BLESS=1 writes it)", () => {
  if (process.env.RIALTO_BLESS) writeFileSync(PAGE, current);
  else assert.equal(page, current);
});

test("the page shows every client", () => {
  const shown = new Set([...page.matchAll(QUOTE)].map((match) => match[2]));
  const all = readdirSync(new URL("connect/", import.meta.url));
  const wanted = [...all.map((file) => `tests/clients/connect/${file}`)];
  wanted.push("tests/clients/python/connect.py");
  assert.deepEqual([...shown].sort(), wanted.sort());
});

test("the page links to what is there", () => {
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, text]) =>
    text.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-"),
  );
  for (const [, target] of page.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith("https://")) continue;
    const there = target.startsWith("#")
      ? headings.includes(target.slice(1))
      : existsSync(new URL(target, PAGE));
    assert.ok(there, target);
  }
});
