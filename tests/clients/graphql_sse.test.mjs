import assert from "node:assert/strict";
import { test } from "node:test";

import { connect } from "./connect/graphql_sse.mjs";
import { codesOf, inbox, livesWith } from "./live.mjs";
import { open, shop } from "./server.mjs";
import { addElsewhere, cartAndVariant, operation } from "./shop.mjs";

const url = await shop();

function into(box, client, request) {
  return client.subscribe(request, {
    next: ({ data, errors }) => (errors ? box.refused(codesOf(errors)) : box.next(data)),
    error: box.failed,
    complete: box.ended,
  });
}

livesWith("graphql-sse", url, (session, query, variables, box) =>
  into(box, connect(url, session), { query, variables }),
);

test("graphql-sse reads a query and is told of its end", async () => {
  const box = inbox();
  into(box, connect(url, {}), { query: operation("products"), variables: { first: 2 } });
  assert.equal((await box.one()).data.products.nodes.length, 2);
  assert.deepEqual(await box.one(), { ended: true });
});

test("graphql-sse subscribes again by itself when the shop is started anew", async () => {
  const own = await open();
  const cart = await cartAndVariant(own.url);
  const box = inbox();
  const client = connect(own.url, { cartToken: cart.token });
  try {
    into(box, client, { query: operation("cart_updated"), variables: { id: cart.id } });
    await box.until(() => true);
    await own.restart();
    await addElsewhere(own.url, cart, 4);
    await box.until(({ cartUpdated }) => cartUpdated.lines.nodes[0]?.quantity === 4);
  } finally {
    client.dispose();
    await own.stop();
  }
});
