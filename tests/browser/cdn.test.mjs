// The page where the playground was not built: with a CDN, played by the packages it names, and
// without a network.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { open } from "../clients/server.mjs";
import { launch, visit } from "./browser.mjs";
import { become, docsOf, goTo, play, ready } from "./playground.mjs";

const PACKAGES = fileURLToPath(new URL("node_modules/", import.meta.url));

let browser;
let shop;

before(async () => {
  [browser, shop] = await Promise.all([launch(), open({ RIALTO_PLAYGROUND: "cdn" })]);
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Answers as the CDN does: with the files of the npm packages, by name and version. */
async function cdn(route, spoil = (bytes) => bytes) {
  const url = new URL(route.request().url());
  const [, name, version, file] = /^\/npm\/([^@]+)@([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  assert.equal(url.origin, "https://cdn.jsdelivr.net");
  const { version: installed } = JSON.parse(await readFile(`${PACKAGES}${name}/package.json`));
  assert.equal(version, installed, name);
  await route.fulfill({
    body: spoil(await readFile(`${PACKAGES}${name}/${file}`)),
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Content-Type": file.endsWith(".css") ? "text/css" : "text/javascript",
    },
  });
}

async function page(elsewhere, body) {
  const visited = await visit(browser, new URL("/", shop.url).href, { elsewhere });
  try {
    await body(visited);
  } finally {
    await visited.context.close();
  }
}

test("with the CDN it is an editor that says where it came from", () =>
  page(cdn, async ({ page, troubles, asked }) => {
    await ready(page);
    await page.getByText("make playground").waitFor();
    for (const operation of ["Browse", "CartCreate", "CartLinesAdd"]) {
      await goTo(page, operation);
      await play(page, operation);
    }
    await become(page, "warehouse");
    const docs = await docsOf(page, "Mutation");
    await docs.getByText("fulfillmentPack", { exact: true }).waitFor();
    assert.equal(asked.length, 5, asked.join("\n"));
    assert.deepEqual(troubles, []);
  }));

test("a file that is not the one we know does not run", () =>
  page(
    (route) => cdn(route, (bytes) => Buffer.concat([bytes, Buffer.from(";globalThis.spoilt = 1")])),
    async ({ page, troubles }) => {
      await page.getByText("could not be loaded").waitFor();
      assert.equal(await page.evaluate(() => globalThis.spoilt), undefined);
      assert.ok(troubles.some((trouble) => trouble.includes("integrity")), troubles.join("\n"));
    },
  ));

test("without a network it says what is missing, and that the API is there", () =>
  page(
    (route) => route.abort("namenotresolved"),
    async ({ page }) => {
      await page.getByText("could not be loaded").waitFor();
      await page.getByText("make playground").waitFor();
      await page.getByText("/graphql", { exact: true }).waitFor();
      assert.equal(await page.locator(".graphiql-container").count(), 0);
    },
  ));
