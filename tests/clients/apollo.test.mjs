import assert from "node:assert/strict";
import { test } from "node:test";

import { CombinedGraphQLErrors, gql } from "@apollo/client";

import { connect } from "./connect/apollo.mjs";
import { codesOf, livesWith } from "./live.mjs";
import { shop } from "./server.mjs";
import { cartAndVariant, freshKey, operation, recorder, worksWith } from "./shop.mjs";

const url = await shop();

worksWith(
  "Apollo Client",
  (session) => {
    const client = connect(url, session);
    return {
      query: (document, variables) =>
        client.query({ query: gql(document), variables, fetchPolicy: "network-only" }),
      mutate: (document, variables, key) =>
        client.mutate({
          mutation: gql(document),
          variables,
          context: { headers: key ? { "Idempotency-Key": key } : {} },
        }),
    };
  },
  (error) => {
    assert.ok(CombinedGraphQLErrors.is(error), `${error}`);
    return error.errors.map((one) => one.extensions.code);
  },
);

livesWith("Apollo Client", url, (session, document, variables, box) => {
  const client = connect(url, session);
  const live = client.subscribe({ query: gql(document), variables }).subscribe({
    next: ({ data, error }) => (error ? box.refused(codesOf(error.errors)) : box.next(data)),
    error: box.failed,
    complete: box.ended,
  });
  return () => live.unsubscribe();
});

test("Apollo Client sends the hash of a query alone, by GET, once the text is known", async () => {
  const { fetch, calls } = recorder();
  // A text that nobody has sent to this server before.
  const text = operation("products").replace("Products(", `Products${freshKey().slice(0, 8)}(`);
  const query = gql(text);
  for (const _ of [1, 2]) {
    const client = connect(url, {}, fetch);
    const { data } = await client.query({ query, variables: { first: 2 } });
    assert.equal(data.products.nodes.length, 2);
  }
  const [missed, told, known] = calls;
  assert.equal(calls.length, 3, "hash, hash with text, hash");
  assert.equal(missed.method, "GET");
  assert.equal(missed.url.searchParams.has("query"), false);
  assert.equal(told.method, "POST");
  assert.match(told.body.query, /query Products/);
  assert.equal(known.method, "GET");
  assert.equal(known.url.searchParams.has("query"), false);
  assert.equal(known.status, 200);
  assert.match(known.type, /^application\/graphql-response\+json/);
});

test("Apollo Client's cache follows a cart by its id, from a mutation into a query", async () => {
  const cart = await cartAndVariant(url);
  const { fetch, calls } = recorder();
  const client = connect(url, { cartToken: cart.token }, fetch);
  const query = { query: gql(operation("cart")), variables: { id: cart.id } };
  const before = await client.query(query);
  assert.deepEqual(before.data.cart.lines.nodes, []);
  await client.mutate({
    mutation: gql(operation("cart_lines_add")),
    variables: { cart: cart.id, variant: cart.variant, quantity: 1 },
    context: { headers: { "Idempotency-Key": freshKey() } },
  });
  const sent = calls.length;
  const after = await client.query(query);
  assert.equal(after.data.cart.lines.nodes[0].quantity, 1);
  assert.equal(calls.length, sent, "answered from the cache");
});
