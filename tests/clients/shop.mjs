// What every client is asked to do, and what is needed around it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { ask } from "./connect/fetch.mjs";

/** The text of `operations/NAME.graphql`. */
export function operation(name) {
  return readFileSync(new URL(`operations/${name}.graphql`, import.meta.url), "utf8");
}

/** A fresh idempotency key. */
export const freshKey = () => randomUUID();

/** A cart of a guest, and a variant that can be put into it; set up by plain fetch. */
export async function cartAndVariant(url) {
  const { data } = await ask(url, operation("cart_create"));
  const token = data.cartCreate.cartToken;
  return { id: data.cartCreate.cart.id, token, variant: await variant(url) };
}

/** Puts so many of a variant into a cart, by plain fetch: somebody else's write. */
export async function addElsewhere(url, cart, quantity) {
  const variables = { cart: cart.id, variant: cart.variant, quantity };
  const { data } = await ask(url, operation("cart_lines_add"), variables, {
    "X-Cart-Token": cart.token,
    "Idempotency-Key": freshKey(),
  });
  assert.deepEqual(data.cartLinesAdd.errors, []);
  return data.cartLinesAdd.cart;
}

async function variant(url) {
  const variables = { first: 1, filter: { availability: "IN_STOCK" } };
  const { data } = await ask(url, operation("products"), variables);
  return data.products.nodes[0].variants.find((one) => one.inStock).id;
}

/** Buys as a guest with the example's operations; gives the order's id and its secret. */
export async function guestOrder(url) {
  const cart = await cartAndVariant(url);
  await addElsewhere(url, cart, 1);
  const asGuest = (name, variables) =>
    ask(url, example(name), variables, { "X-Cart-Token": cart.token });
  const shipping = {
    firstName: "Ada",
    lastName: "Rossi",
    line1: "Torstraße 12",
    city: "Berlin",
    postalCode: "10115",
    country: "DE",
  };
  const details = await asGuest("cart_details", {
    contact: { cartId: cart.id, email: "guest@example.com" },
    address: { cartId: cart.id, shipping },
  });
  const [method] = details.data.cartAddressSet.cart.availableDeliveryMethods;
  const delivery = await asGuest("cart_delivery", {
    input: { cartId: cart.id, method: { id: method.id } },
  });
  const ready = delivery.data.cartDeliverySet.cart;
  const { data } = await asGuest("cart_complete", {
    input: {
      cartId: cart.id,
      expectedVersion: ready.version,
      expectedTotal: ready.totals.total,
      payment: { method: "CARD", token: "sandbox_approve" },
      idempotencyKey: freshKey(),
    },
  });
  assert.equal(data.cartComplete.status, "PLACED");
  return { id: data.cartComplete.order.id, token: data.cartComplete.orderToken };
}

/** How an order stands for whoever has its secret. */
export async function orderState(url, { id, token }) {
  const headers = token ? { "X-Order-Token": token } : {};
  const { data } = await ask(url, example("order"), { id }, headers);
  return data.order?.state;
}

/** Cancels an order as the shop's support. */
export async function cancelAsSupport(url, id) {
  const account = { email: "support@demo.rialto.shop", password: "rialto-demo" };
  const signedIn = await ask(url, example("sign_in"), { input: account });
  const headers = { Authorization: `Bearer ${signedIn.data.signIn.accessToken}` };
  const seen = await ask(url, example("order"), { id }, headers);
  const input = {
    id,
    expectedVersion: seen.data.order.version,
    reason: "The buyer called.",
    idempotencyKey: freshKey(),
  };
  const { data } = await ask(url, example("order_cancel"), { input }, headers);
  assert.deepEqual(data.orderCancel.errors, []);
}

/** The text of one of the example's operations. */
function example(name) {
  const url = new URL(`../../examples/queries/${name}.graphql`, import.meta.url);
  return readFileSync(url, "utf8");
}

/** A fetch that remembers what went over the wire. */
export function recorder() {
  const calls = [];
  const recording = async (url, options = {}) => {
    const response = await fetch(url, options);
    calls.push({
      method: options.method ?? "GET",
      url: new URL(url),
      body: typeof options.body === "string" ? JSON.parse(options.body) : undefined,
      status: response.status,
      type: response.headers.get("content-type"),
    });
    return response;
  };
  return { fetch: recording, calls };
}

/**
 * The work that each client does, as tests named after it.
 *
 * `connect(session)` gives a client as `{ query, mutate }`; both take a document and variables,
 * `mutate` also an idempotency key, and give `{ data, extensions }` or throw. `session.cartToken`
 * is set on the way. `codes(error)` reads the codes out of what was thrown. A client that does not
 * hand out `extensions` says so by `extensions: undefined`.
 */
export function worksWith(name, connect, codes) {
  test(`${name} reads products by variables`, async () => {
    const { query } = connect({});
    const { data } = await query(operation("products"), { first: 3 });
    assert.equal(data.products.nodes.length, 3);
    assert.match(data.products.nodes[0].variants[0].price.amount, /^\d+\.\d\d$/);
    assert.equal(data.products.pageInfo.hasNextPage, true);
    const next = { first: 3, after: data.products.pageInfo.endCursor };
    const second = (await query(operation("products"), next)).data.products.nodes;
    const seen = new Set([...data.products.nodes, ...second].map((node) => node.id));
    assert.equal(seen.size, 6, "the second page repeats the first");
  });

  test(`${name} fills a cart, and a retry with the same key happens once`, async () => {
    const { client, cart, variant } = await withCart(connect);
    const key = freshKey();
    const add = () =>
      client.mutate(operation("cart_lines_add"), { cart, variant, quantity: 2 }, key);
    const first = await add();
    assert.deepEqual(first.data.cartLinesAdd.errors, []);
    assert.equal(first.data.cartLinesAdd.cart.lines.nodes[0].quantity, 2);
    const again = await add();
    assert.equal(again.data.cartLinesAdd.cart.version, first.data.cartLinesAdd.cart.version);
    assert.equal(again.data.cartLinesAdd.cart.lines.nodes[0].quantity, 2);
    if (again.extensions) assert.equal(again.extensions.idempotency?.replayed, true);
    const seen = await client.query(operation("cart"), { id: cart });
    assert.equal(seen.data.cart.lines.nodes[0].quantity, 2);
  });

  test(`${name} is told what is left when it asks for too much`, async () => {
    const { client, cart, variant } = await withCart(connect);
    const variables = { cart, variant, quantity: 1_000_000 };
    const { data } = await client.mutate(operation("cart_lines_add"), variables, freshKey());
    const [error] = data.cartLinesAdd.errors;
    assert.equal(error.__typename, "InsufficientStockError");
    assert.equal(error.code, "OUT_OF_STOCK");
    assert.equal(error.requested, 1_000_000);
    assert.ok(error.available > 0 && error.available < 1_000_000, `${error.available} left`);
  });

  test(`${name} reads the code of a refused operation`, async () => {
    const { query } = connect({});
    const thrown = await query(operation("orders"), {}).then(
      () => assert.fail("a guest read the orders of all"),
      (error) => error,
    );
    assert.deepEqual(codes(thrown), ["FORBIDDEN"]);
  });

  test(`${name} reads the code of a document that is wrong`, async () => {
    const { query } = connect({});
    const thrown = await query("query Wrong { products(first: 1) { nodes { colour } } }", {}).then(
      () => assert.fail("a field that is not there was answered"),
      (error) => error,
    );
    assert.deepEqual(codes(thrown), ["BAD_REQUEST"]);
  });
}

async function withCart(connect) {
  const session = {};
  const client = connect(session);
  const filter = { availability: "IN_STOCK" };
  const listed = await client.query(operation("products"), { first: 1, filter });
  const variant = listed.data.products.nodes[0].variants.find((one) => one.inStock).id;
  const made = await client.mutate(operation("cart_create"), {});
  session.cartToken = made.data.cartCreate.cartToken;
  assert.ok(session.cartToken, "a guest's cart comes with its secret");
  return { client, variant, cart: made.data.cartCreate.cart.id };
}
