import assert from "node:assert/strict";
import { test } from "node:test";

import { connect } from "./connect/graphql_ws.mjs";
import { codesOf, inbox, livesWith } from "./live.mjs";
import { open, shop } from "./server.mjs";
import {
  addElsewhere,
  cancelAsSupport,
  cartAndVariant,
  guestOrder,
  operation,
} from "./shop.mjs";

const url = await shop();

/** Puts what graphql-ws brings into a box; a list is what the server said no with. */
function into(box, client, request) {
  const close = client.subscribe(request, {
    next: ({ data, errors }) => (errors ? box.refused(codesOf(errors)) : box.next(data)),
    error: (error) => (Array.isArray(error) ? box.refused(codesOf(error)) : box.failed(error)),
    complete: box.ended,
  });
  return close;
}

livesWith("graphql-ws", url, (session, query, variables, box) => {
  const client = connect(url, session);
  into(box, client, { query, variables });
  return () => client.dispose();
});

test("graphql-ws carries queries, mutations and several subscriptions over one socket", async () => {
  const cart = await cartAndVariant(url);
  const client = connect(url, { cartToken: cart.token });
  let sockets = 0;
  client.on("connected", () => (sockets += 1));
  const boxes = [inbox(), inbox()];
  const request = { query: operation("cart_updated"), variables: { id: cart.id } };
  const [close] = boxes.map((box) => into(box, client, request));
  for (const box of boxes) await box.until(() => true);

  const read = inbox();
  into(read, client, { query: operation("products"), variables: { first: 2 } });
  assert.equal((await read.one()).data.products.nodes.length, 2);
  assert.deepEqual(await read.one(), { ended: true });

  const written = inbox();
  const variables = { cart: cart.id, variant: cart.variant, quantity: 1 };
  into(written, client, { query: operation("cart_lines_add"), variables });
  assert.deepEqual((await written.one()).data.cartLinesAdd.errors, []);
  assert.deepEqual(await written.one(), { ended: true });
  const one = ({ cartUpdated }) => cartUpdated.lines.nodes[0]?.quantity === 1;
  for (const box of boxes) await box.until(one);

  close();
  await addElsewhere(url, cart, 1);
  await boxes[1].until(({ cartUpdated }) => cartUpdated.lines.nodes[0]?.quantity === 2);
  assert.deepEqual(await boxes[0].one(), { ended: true }, "the one that was left is still told");
  assert.equal(sockets, 1);
  await client.dispose();
});

test("graphql-ws follows a guest's order until the shop cancels it", async () => {
  const order = await guestOrder(url);
  const client = connect(url, { orderToken: order.token });
  const box = inbox();
  into(box, client, { query: operation("order_updated"), variables: { id: order.id } });
  const first = await box.until(({ orderUpdated }) => orderUpdated.state === "CONFIRMED");
  assert.equal(first.orderUpdated.id, order.id);
  await cancelAsSupport(url, order.id);
  await box.until(({ orderUpdated }) => orderUpdated.state === "CANCELLED");
  await client.dispose();
});

test("graphql-ws subscribes again by itself when the shop is started anew", async () => {
  const own = await open();
  const cart = await cartAndVariant(own.url);
  const client = connect(own.url, { cartToken: cart.token });
  const box = inbox();
  try {
    into(box, client, { query: operation("cart_updated"), variables: { id: cart.id } });
    await box.until(() => true);
    await own.restart();
    await addElsewhere(own.url, cart, 4);
    await box.until(({ cartUpdated }) => cartUpdated.lines.nodes[0]?.quantity === 4);
  } finally {
    await client.dispose();
    await own.stop();
  }
});
