// Subscriptions (and whatever else) over one WebSocket: the package graphql-ws.
import { createClient } from "graphql-ws";

/** A client; what `session` holds is read whenever it connects, and when it connects again. */
export function connect(url, session) {
  return createClient({
    url: url.replace(/^http/, "ws"),
    connectionParams: () => ({
      ...(session.cartToken && { "X-Cart-Token": session.cartToken }),
      ...(session.orderToken && { "X-Order-Token": session.orderToken }),
      ...(session.accessToken && { Authorization: `Bearer ${session.accessToken}` }),
    }),
  });
}
