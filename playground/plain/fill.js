// Puts remembered values where a request says `$name`, before it is sent.

/** @typedef {import("./memory.js").Memory} Memory */

/** A name in the request that nothing is remembered for. */
export class NotYet extends Error {
  /** @param {string} name */
  constructor(name) {
    super(`Not sent: nothing is remembered as $${name} yet. Run the tab that brings it first.`);
    delete this.stack; // GraphiQL would print it below the sentence.
  }
}

/**
 * In variables, a string that is `$name` and nothing else becomes the remembered value.
 * @param {unknown} value
 * @param {Memory} memory
 * @returns {unknown}
 */
export function fillVariables(value, memory) {
  if (typeof value === "string") {
    const name = /^\$(\w+)$/.exec(value)?.[1];
    if (!name) return value;
    const known = memory[name];
    if (known === undefined) throw new NotYet(name);
    return known;
  }
  if (Array.isArray(value)) return value.map((item) => fillVariables(item, memory));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillVariables(item, memory)]),
  );
}

/**
 * In headers, `$name` may stand within a text; a header with an unknown one is left out.
 * @param {Record<string, unknown>} headers
 * @param {Memory} memory
 */
export function fillHeaders(headers, memory) {
  /** @type {Record<string, string>} */
  const filled = {};
  for (const [name, value] of Object.entries(headers)) {
    const names = [...String(value).matchAll(/\$(\w+)/g)].map((match) => match[1] ?? "");
    if (names.some((known) => memory[known] === undefined)) continue;
    filled[name] = String(value).replace(/\$(\w+)/g, (_, known) => String(memory[known]));
  }
  return filled;
}
