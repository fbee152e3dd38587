// Relay: a network function over fetch, and one over a WebSocket.
import { Environment, Network, Observable, RecordSource, Store } from "relay-runtime";

import { connect as socket } from "./graphql_ws.mjs";

/** An environment; `session.cartToken` is read with each request, so it may come later. */
export function connect(url, session) {
  async function ask({ text, name }, variables, { metadata }) {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json",
        ...(session.cartToken && { "X-Cart-Token": session.cartToken }),
        ...(metadata?.key && { "Idempotency-Key": metadata.key }),
      },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return response.json();
  }
  const live = socket(url, session);
  const subscribe = ({ text, name }, variables) =>
    Observable.create((sink) =>
      live.subscribe({ query: text, operationName: name, variables }, sink),
    );
  return new Environment({
    network: Network.create(ask, subscribe),
    store: new Store(new RecordSource()),
  });
}
