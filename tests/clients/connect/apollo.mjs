// Apollo Client: hashed queries by GET, subscriptions over a WebSocket.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";

import { connect as socket } from "./graphql_ws.mjs";

/** A client; `session.cartToken` is read with each request, so it may come later. */
export function connect(url, session, fetch = globalThis.fetch) {
  const whoAmI = new SetContextLink(({ headers }) => ({
    headers: {
      ...(session.cartToken && { "X-Cart-Token": session.cartToken }),
      ...headers,
    },
  }));
  const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  const requests = ApolloLink.from([whoAmI, persisted, new HttpLink({ uri: url, fetch })]);
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket(url, session)),
      requests,
    ),
    cache: new InMemoryCache(),
  });
}

async function sha256(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
