// One request to the API and its answer.

/** @typedef {{ data?: any, errors?: any }} Answer */

const ENDPOINT = "/graphql";
const ACCEPT = "application/graphql-response+json, application/json";

/**
 * @param {object} request
 * @param {Record<string, string>} headers
 * @returns {Promise<Answer>}
 */
export async function send(request, headers) {
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers: { Accept: ACCEPT, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { errors: [{ message: `HTTP ${response.status}: ${text || response.statusText}` }] };
  }
}

/**
 * Whether the token of the request no longer holds.
 * @param {Answer} answer
 */
export const isUnauthenticated = (answer) =>
  Array.isArray(answer.errors) &&
  answer.errors.some((error) => error?.extensions?.code === "UNAUTHENTICATED");
