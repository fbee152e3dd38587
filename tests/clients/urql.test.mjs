import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, CombinedError, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

import { connect } from "./connect/urql.mjs";
import { codesOf, livesWith } from "./live.mjs";
import { shop } from "./server.mjs";
import { freshKey, operation, recorder, worksWith } from "./shop.mjs";

const url = await shop();

/** urql hands errors back; here they are thrown. */
async function ok(result) {
  const { data, error, extensions } = await result;
  if (error) throw error;
  return { data, extensions };
}

worksWith(
  "urql",
  (session) => {
    const client = connect(url, session);
    return {
      query: (document, variables) =>
        ok(client.query(document, variables, { requestPolicy: "network-only" })),
      mutate: (document, variables, key) =>
        ok(client.mutation(document, { ...variables }, withKey(session, key))),
    };
  },
  (error) => {
    assert.ok(error instanceof CombinedError, `${error}`);
    assert.equal(error.networkError, undefined);
    return error.graphQLErrors.map((one) => one.extensions.code);
  },
);

/** What urql sends for one operation stands in the place of what its client sends for all. */
function withKey(session, key) {
  const token = session.cartToken && { "X-Cart-Token": session.cartToken };
  return { fetchOptions: { headers: { ...token, ...(key && { "Idempotency-Key": key }) } } };
}

function subscribe(client, document, variables, box) {
  const live = client.subscription(document, variables).subscribe(({ data, error }) => {
    if (error?.networkError) box.failed(error);
    else if (error) box.refused(codesOf(error.graphQLErrors));
    else box.next(data);
  });
  return live.unsubscribe;
}

livesWith("urql", url, (session, document, variables, box) =>
  subscribe(connect(url, session), document, variables, box),
);

livesWith("urql without a WebSocket", url, (session, document, variables, box) => {
  const client = new Client({
    url,
    exchanges: [fetchExchange],
    fetchSubscriptions: true,
    fetchOptions: { headers: session.cartToken ? { "X-Cart-Token": session.cartToken } : {} },
  });
  return subscribe(client, document, variables, box);
});

test("urql reads by GET and writes by POST", async () => {
  const { fetch, calls } = recorder();
  const client = connect(url, {}, fetch);
  await ok(client.query(operation("products"), { first: 1 }));
  await ok(client.mutation(operation("cart_create"), {}));
  assert.deepEqual(
    calls.map((call) => call.method),
    ["GET", "POST"],
  );
  for (const { type } of calls) assert.match(type, /^application\/graphql-response\+json/);
});

test("urql sends the hash of a query alone once the text is known", async () => {
  const text = operation("products").replace("Products(", `Products${freshKey().slice(0, 8)}(`);
  const { fetch, calls } = recorder();
  for (const _ of [1, 2]) {
    const client = new Client({ url, fetch, exchanges: [persistedExchange(), fetchExchange] });
    const { data } = await ok(client.query(text, { first: 2 }));
    assert.equal(data.products.nodes.length, 2);
  }
  assert.equal(calls.length, 3, "hash, hash with text, hash");
  const known = calls[2];
  assert.equal(known.method, "GET");
  assert.equal(known.url.searchParams.has("query"), false);
  assert.equal(known.status, 200);
});
