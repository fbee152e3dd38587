// The built playground, in a browser that reaches nothing but the server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open } from "../clients/server.mjs";
import { launch, visit } from "./browser.mjs";
import { answerPane, become, docsOf, goTo, play, ready, token } from "./playground.mjs";

const PURCHASE = [
  "Browse",
  "CartCreate",
  "CartLinesAdd",
  "CartDetails",
  "CartReadiness",
  "CartComplete",
  "OrderLookup",
  "OrderUpdated",
  "SignIn",
  "FulfillmentCreate",
  "FulfillmentPack",
  "FulfillmentShip",
  "FulfillmentDeliver",
];

let browser;
let shop;

before(async () => {
  [browser, shop] = await Promise.all([launch(), open()]);
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** A test with a page of its own, in which nothing may have gone wrong. */
function page(name, body, options) {
  test(name, async () => {
    const visited = await visit(browser, new URL("/", shop.url).href, options);
    try {
      await ready(visited.page);
      await body(visited.page, visited);
      assert.deepEqual(visited.troubles, []);
    } finally {
      await visited.context.close();
    }
  });
}

/** Runs these tabs; gives their answers, none of which may refuse anything. */
async function run(page, operations) {
  const data = {};
  for (const operation of operations) {
    await goTo(page, operation);
    data[operation] = await play(page, operation);
    for (const [field, payload] of Object.entries(data[operation])) {
      assert.deepEqual(payload?.errors ?? [], [], `${operation}: ${field}`);
    }
  }
  return data;
}

page("a purchase, tab after tab, ends with a delivered order", async (page) => {
  const data = await run(page, PURCHASE.filter((operation) => operation !== "OrderUpdated"));
  assert.equal(data.CartReadiness.cart.readiness.ready, true);
  assert.equal(data.CartComplete.cartComplete.status, "PLACED");
  assert.equal(data.FulfillmentDeliver.fulfillmentDeliver.fulfillment.state, "DELIVERED");
  await answerPane(page).getByText('"DELIVERED"').waitFor();

  await goTo(page, "OrderLookup");
  const { order } = await play(page, "OrderLookup");
  assert.equal(order.id, data.CartComplete.cartComplete.order.id);
  assert.equal(order.fulfillmentStatus, "DELIVERED");
  assert.equal(order.lines[0].deliveredQuantity, 2);

  // Tabs and memory are there after a reload. GraphiQL keeps its tabs half a second later.
  await page.waitForFunction(
    (at) => JSON.parse(localStorage.getItem("graphiql:tabState")).activeTabIndex === at,
    PURCHASE.indexOf("OrderLookup"),
  );
  await page.reload();
  await ready(page);
  const tabs = await page.locator(".graphiql-tab-button").allInnerTexts();
  assert.deepEqual(tabs, PURCHASE);
  assert.equal(await page.getByLabel("Rialto as").inputValue(), "admin");
  await play(page, "OrderLookup");
});

page("an order that changes is seen changing", async (page, { context, sockets }) => {
  const [bought, sent] = [PURCHASE.slice(0, 6), PURCHASE.slice(8)];
  await run(page, bought);
  await goTo(page, "OrderUpdated");
  await page.locator(".graphiql-execute-button").click();
  await answerPane(page).getByText('"CONFIRMED"').waitFor();

  // Another window goes on with the order that this one remembers.
  const other = await context.newPage();
  await other.goto(page.url());
  await ready(other);
  await run(other, sent.slice(0, 3));
  await answerPane(page).getByText('"PACKED"').waitFor();
  await run(other, sent.slice(3));
  await answerPane(page).getByText('"COMPLETED"').waitFor();

  // The stop button closes the connection.
  const [socket] = sockets;
  assert.equal(socket.isClosed(), false);
  await page.locator(".graphiql-execute-button").click();
  if (!socket.isClosed()) await socket.waitForEvent("close");
});

page("it completes what one types", async (page) => {
  await page.getByRole("button", { name: "New tab" }).click();
  await page.locator(".graphiql-query-editor .monaco-editor").click();
  await page.keyboard.type("{ prod");
  const offers = page.locator(".suggest-widget .monaco-list-row");
  await offers.getByText("products", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");
});

page("the docs describe what the role sees", async (page) => {
  const docs = await docsOf(page, "Mutation");
  const field = (name) => docs.locator(".graphiql-doc-explorer-field-name").getByText(name, { exact: true });
  await field("cartCreate").waitFor();
  await docs.getByText("Makes a cart in the channel in use").first().waitFor();
  assert.equal(await field("productCreate").count(), 0);

  const seen = (schema) => JSON.stringify(schema).includes('"productCreate"');
  assert.equal(seen(await become(page, "merchandiser")), true);
  await field("productCreate").waitFor();
  assert.equal(seen(await become(page, "warehouse")), false);
  await field("productCreate").waitFor({ state: "detached" });
  await field("fulfillmentPack").waitFor();
  assert.equal(seen(await become(page, "guest")), false);
  await field("fulfillmentPack").waitFor({ state: "detached" });
});

page("requests are sent as the role that was chosen", async (page) => {
  await become(page, "shopper");
  await page.getByRole("button", { name: "New tab" }).click();
  await page.locator(".graphiql-query-editor .monaco-editor").click();
  await page.keyboard.insertText("query Who { me { role email } }");
  await page.locator(".graphiql-tab-active").getByText("Who").waitFor();
  const { me } = await play(page, "Who");
  assert.deepEqual(me, { role: "SHOPPER", email: "shopper@demo.rialto.shop" });
});

page("a token that no longer holds is replaced", async (page, { troubles }) => {
  await become(page, "admin");
  await page.evaluate(() => {
    const memory = JSON.parse(localStorage.getItem("rialto:memory"));
    localStorage.setItem("rialto:memory", JSON.stringify({ ...memory, accessToken: "x.y.z" }));
  });
  await page.reload();
  await ready(page);
  assert.equal(await page.getByLabel("Rialto as").inputValue(), "admin");
  await play(page, "Browse");
  assert.match(await token(page), /^ey/);
  const refused = troubles.splice(0).filter((trouble) => !trouble.includes("401 (Unauthorized)"));
  assert.deepEqual(refused, []);
});

for (const colorScheme of ["light", "dark"]) {
  page(`it is ${colorScheme} where the system is`, async (page) => {
    assert.equal(await shade(page, ".graphiql-container"), colorScheme);
    assert.equal(await shade(page, ".graphiql-query-editor .monaco-editor"), colorScheme);
    const other = colorScheme === "light" ? "dark" : "light";
    await page.getByRole("button", { name: "Open settings dialog" }).click();
    await page.getByRole("dialog").getByRole("button", { name: new RegExp(other, "i") }).click();
    await page.keyboard.press("Escape");
    assert.equal(await shade(page, ".graphiql-container"), other);
    await page.reload();
    await ready(page);
    assert.equal(await shade(page, ".graphiql-container"), other);
  }, { colorScheme });
}

/** Whether the background of an element, or of what it stands on, is light or dark. */
function shade(page, selector) {
  return page.locator(selector).first().evaluate((element) => {
    for (let one = element; one; one = one.parentElement) {
      const [red, green, blue, alpha = 1] = getComputedStyle(one)
        .backgroundColor.match(/[\d.]+/g)
        .map(Number);
      if (alpha > 0) return (red + green + blue) / 3 > 127 ? "light" : "dark";
    }
    return "none";
  });
}
