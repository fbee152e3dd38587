import assert from "node:assert/strict";
import { test } from "node:test";

import {
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  getSingularSelector,
  requestSubscription,
} from "relay-runtime";

import { connect } from "./connect/relay.mjs";
import add from "./relay/__generated__/catalogAddMutation.graphql.js";
import cartSubscription from "./relay/__generated__/catalogCartSubscription.graphql.js";
import nextPage from "./relay/__generated__/catalogNextPageQuery.graphql.js";
import firstPage from "./relay/__generated__/catalogPageQuery.graphql.js";
import product from "./relay/__generated__/catalogProductQuery.graphql.js";
import productFragment from "./relay/__generated__/catalog_product.graphql.js";
import productsFragment from "./relay/__generated__/catalog_products.graphql.js";
import { inbox } from "./live.mjs";
import { shop } from "./server.mjs";
import { addElsewhere, cartAndVariant, freshKey } from "./shop.mjs";

const url = await shop();

/** What a fragment reads out of the store. */
const read = (relay, fragment, reference) =>
  relay.lookup(getSingularSelector(fragment, reference)).data;

test("Relay joins the pages of a list in its store", async () => {
  const relay = connect(url, {});
  const query = createOperationDescriptor(firstPage, { count: 4 });
  relay.retain(query);
  const page = await fetchQuery(relay, firstPage, { count: 4 }).toPromise();
  const first = read(relay, productsFragment, page).products;
  assert.equal(first.edges.length, 4);
  assert.equal(first.pageInfo.hasNextPage, true);
  const next = { count: 4, cursor: first.pageInfo.endCursor };
  await fetchQuery(relay, nextPage, next).toPromise();
  const both = read(relay, productsFragment, page).products;
  assert.equal(both.edges.length, 8);
  assert.equal(new Set(both.edges.map(({ node }) => node.id)).size, 8);
  assert.deepEqual(both.edges.slice(0, 4), first.edges);
});

test("Relay fetches one object again by node(id)", async () => {
  const relay = connect(url, {});
  const page = await fetchQuery(relay, firstPage, { count: 1 }).toPromise();
  const [{ node }] = read(relay, productsFragment, page).products.edges;
  const again = await fetchQuery(relay, product, { id: node.id }).toPromise();
  const seen = read(relay, productFragment, again.node);
  assert.equal(seen.title, node.title);
  assert.ok(seen.variants[0].price.amount);
});

test("Relay commits a mutation once, and is told what is left", async () => {
  const cart = await cartAndVariant(url);
  const relay = connect(url, { cartToken: cart.token });
  const put = (quantity, key) =>
    new Promise((onCompleted, onError) => {
      const input = { cartId: cart.id, lines: [{ variantId: cart.variant, quantity }] };
      commitMutation(relay, {
        mutation: add,
        variables: { input },
        cacheConfig: { metadata: { key } },
        onCompleted,
        onError,
      });
    });
  const key = freshKey();
  const [first, again] = [await put(2, key), await put(2, key)];
  assert.deepEqual(first.cartLinesAdd.errors, []);
  assert.equal(again.cartLinesAdd.cart.version, first.cartLinesAdd.cart.version);
  const { cartLinesAdd } = await put(500_000, freshKey());
  const [error] = cartLinesAdd.errors;
  assert.equal(error.__typename, "InsufficientStockError");
  assert.ok(error.available > 0);
});

test("Relay's store follows a cart that others change", async () => {
  const cart = await cartAndVariant(url);
  const relay = connect(url, { cartToken: cart.token });
  const box = inbox();
  const live = requestSubscription(relay, {
    subscription: cartSubscription,
    variables: { id: cart.id },
    onNext: box.next,
    onError: box.failed,
  });
  await box.until(({ cartUpdated }) => cartUpdated.lines.nodes.length === 0);
  await addElsewhere(url, cart, 2);
  await box.until(({ cartUpdated }) => cartUpdated.lines.nodes[0]?.quantity === 2);
  const stored = relay.getStore().getSource().get(cart.id);
  assert.equal(stored.version, 2);
  live.dispose();
});
