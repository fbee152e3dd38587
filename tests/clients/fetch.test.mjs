import assert from "node:assert/strict";
import { test } from "node:test";

import { ask } from "./connect/fetch.mjs";
import { shop } from "./server.mjs";
import { cancelAsSupport, guestOrder, operation, orderState, worksWith } from "./shop.mjs";

const url = await shop();

function connect(session) {
  const headers = (key) => ({
    ...(session.cartToken && { "X-Cart-Token": session.cartToken }),
    ...(key && { "Idempotency-Key": key }),
  });
  return {
    query: (document, variables) => ask(url, document, variables, headers()),
    mutate: (document, variables, key) => ask(url, document, variables, headers(key)),
  };
}

worksWith("fetch", connect, (error) => error.errors.map((one) => one.extensions.code));

test("fetch reads by GET, and may not write by it", async () => {
  const by = async (query, variables) => {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    return fetch(`${url}?${search}`, { headers: { Accept: "application/graphql-response+json" } });
  };
  const read = await by(operation("products"), { first: 2 });
  assert.equal(read.status, 200);
  assert.equal((await read.json()).data.products.nodes.length, 2);
  const written = await by(operation("cart_create"), {});
  assert.equal(written.status, 405);
  assert.equal((await written.json()).data, undefined);
});

test("fetch buys as a guest, follows the order by its secret, and support cancels it", async () => {
  const order = await guestOrder(url);
  assert.equal(await orderState(url, order), "CONFIRMED");
  assert.equal(await orderState(url, { id: order.id }), undefined, "without the secret");
  await cancelAsSupport(url, order.id);
  assert.equal(await orderState(url, order), "CANCELLED");
});
