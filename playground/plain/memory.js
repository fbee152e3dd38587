// What the page remembers between requests: ids, versions, totals and tokens out of the answers, kept
// in this browser until one says "Forget". `KEPT` is the whole rule.

/** @typedef {Record<string, string | number>} Memory */

/**
 * What is kept, and where it stands in an answer: the end of its path, the later request wins. Where
 * an answer says null, it is forgotten: the cart of a customer has no token.
 * @type {Record<string, string[]>}
 */
const KEPT = {
  variant: ["products.nodes.0.variants.0.id", "product.variants.0.id"],
  cart: ["cart.id"],
  cartVersion: ["cart.version"],
  cartToken: ["cartCreate.cartToken"],
  totalAmount: ["cart.totals.total.amount"],
  totalCurrency: ["cart.totals.total.currency"],
  order: ["order.id"],
  orderVersion: ["order.version"],
  orderToken: ["cartComplete.orderToken"],
  fulfillment: ["fulfillment.id"],
  fulfillmentVersion: ["fulfillment.version"],
  accessToken: ["signIn.accessToken"],
  role: ["signIn.me.role"],
};

const STORE = "rialto:memory";
/** @type {Set<() => void>} */
const listeners = new Set();
let memory = load();

// Another window of the same browser remembers into the same store.
addEventListener("storage", (event) => {
  if (event.key !== STORE) return;
  memory = load();
  tell();
});

export const recall = () => memory;

/** @param {() => void} listener */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Keeps what `KEPT` names out of the `data` of an answer.
 * @param {unknown} data
 */
export function remember(data) {
  /** @type {Memory} */
  const found = {};
  /** @type {string[]} */
  const gone = [];
  walk(data, "", (path, value) => {
    for (const [name, ends] of Object.entries(KEPT)) {
      if (!ends.some((end) => `.${path}`.endsWith(`.${end}`))) continue;
      if (value === null) gone.push(name);
      else found[name] = value;
    }
  });
  if (Object.keys(found).length > 0 || gone.length > 0) keep(without({ ...memory, ...found }, gone));
}

/** @param {string[]} names which; none means all. */
export function forget(...names) {
  keep(names.length === 0 ? {} : without(memory, names));
}

/** @param {Memory} values */
export function note(values) {
  keep({ ...memory, ...values });
}

/** @param {Memory} next */
function keep(next) {
  memory = next;
  localStorage.setItem(STORE, JSON.stringify(memory));
  tell();
}

function tell() {
  for (const listener of listeners) listener();
}

/** @returns {Memory} */
function load() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * @param {Memory} values
 * @param {string[]} names
 */
function without(values, names) {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/**
 * @param {unknown} node
 * @param {string} path
 * @param {(path: string, leaf: string | number | null) => void} visit
 */
function walk(node, path, visit) {
  if (typeof node === "string" || typeof node === "number" || node === null) visit(path, node);
  if (typeof node !== "object" || node === null) return;
  for (const [key, child] of Object.entries(node)) walk(child, path ? `${path}.${key}` : key, visit);
}
