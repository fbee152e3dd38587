// urql: queries by GET while they are short, which is its default; subscriptions over a WebSocket.
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";

import { connect as socket } from "./graphql_ws.mjs";

/** A client; `session.cartToken` is read with each request, so it may come later. */
export function connect(url, session, fetch = globalThis.fetch) {
  const live = socket(url, session);
  return new Client({
    url,
    fetch,
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: live.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
    fetchOptions: () => ({
      headers: session.cartToken ? { "X-Cart-Token": session.cartToken } : {},
    }),
  });
}
