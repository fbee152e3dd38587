// Subscriptions over server-sent events: the package graphql-sse, one request each.
import { createClient } from "graphql-sse";

/** A client; what `session` holds is read whenever it connects, and when it connects again. */
export function connect(url, session) {
  return createClient({
    url,
    headers: () => (session.cartToken ? { "X-Cart-Token": session.cartToken } : {}),
  });
}
