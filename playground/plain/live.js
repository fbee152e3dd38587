// A subscription over a WebSocket (graphql-transport-ws), as GraphiQL wants it: one answer after the
// other, until somebody presses stop.

/** @typedef {import("./fetcher.js").Request} Request */
/** @typedef {(options: any) => { iterate(request: any): any, dispose(): unknown }} CreateClient */

/** @param {Request} request */
export function isSubscription({ query, operationName }) {
  const named = operationName ? `\\s+${operationName}\\b` : "\\b";
  return new RegExp(`^\\s*subscription${named}`, "m").test(query);
}

/**
 * @param {CreateClient} createClient
 * @param {Request} request
 * @param {() => Record<string, string>} headers a WebSocket of a browser has none: they go into its
 *   first message
 */
export function watch(createClient, request, headers) {
  const client = createClient({ url: address(), connectionParams: headers, retryAttempts: 0 });
  const answers = client.iterate(request);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => answers.next().catch(told),
    return() {
      client.dispose();
      return answers.return();
    },
  };
}

/**
 * A refusal is an answer, and so is a connection that the server closed. The one after it is the end.
 * @param {any} error
 */
function told(error) {
  if (Array.isArray(error)) return { done: false, value: { errors: error } };
  if (typeof error?.code !== "number") throw error;
  const message = `The server closed the connection: ${error.code} ${error.reason}`.trim();
  return { done: false, value: { errors: [{ message }] } };
}

function address() {
  const url = new URL("/graphql", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}
