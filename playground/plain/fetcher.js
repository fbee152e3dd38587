// Sends a request: fills in what is remembered, gives it a key, and remembers what the answer brings.
import { fillHeaders, fillVariables } from "./fill.js";
import { isUnauthenticated, send } from "./http.js";
import { isSubscription, watch } from "./live.js";
import { note, recall, remember } from "./memory.js";
import { renew } from "./people.js";

/** @typedef {{ query: string, operationName?: string | null, variables?: any }} Request */

/**
 * What GraphiQL asks with.
 * @param {import("./live.js").CreateClient} createClient of `graphql-ws`
 */
export function fetcherWith(createClient) {
  /**
   * @param {Request} request
   * @param {{ headers?: Record<string, unknown> }} [options]
   */
  return async (request, options) => {
    const headers = { ...options?.headers };
    if (request.operationName === "IntrospectionQuery") {
      // The schema is seen by role, so the page asks for it as whoever is signed in.
      headers.Authorization ??= "Bearer $accessToken";
      return sendAsCaller(request, headers);
    }
    const variables = fillVariables(request.variables, recall());
    const filled = { ...request, operationName: nameOf(request), variables };
    if (isSubscription(filled)) {
      return watch(createClient, filled, () => fillHeaders(headers, recall()));
    }
    if (headers["Idempotency-Key"] === "auto") {
      const key = freshKey();
      headers["Idempotency-Key"] = key;
      note({ key });
    }
    const answer = await sendAsCaller(filled, headers);
    remember(answer.data);
    return answer;
  };
}

/**
 * An access token lives for minutes. One that no longer holds is replaced where the page has the
 * password, and forgotten where not.
 * @param {Request} request
 * @param {Record<string, unknown>} headers
 */
async function sendAsCaller(request, headers) {
  const used = recall().accessToken;
  const answer = await send(request, fillHeaders(headers, recall()));
  if (used === undefined || !isUnauthenticated(answer)) return answer;
  const renewed = await renew();
  // As somebody else only the schema is worth having.
  if (!renewed && request.operationName !== "IntrospectionQuery") return answer;
  return send(request, fillHeaders(headers, recall()));
}

/**
 * Who goes to a tab and presses play at once is ahead of GraphiQL, which still says the name of the
 * operation in the tab before.
 * @param {Request} request
 */
function nameOf({ query, operationName }) {
  if (!operationName) return undefined;
  const there = new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`).test(query);
  return there ? operationName : undefined;
}

/** 128 random bits. `crypto.randomUUID` is not there on a page served by plain HTTP from elsewhere. */
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
