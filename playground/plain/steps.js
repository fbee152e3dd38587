// The purchase as a table: one row is one tab. The operations themselves stand in `operations/`, so
// that they can be checked against the schema like any other document.
//
// Values that begin with `$` are filled from memory when the request is sent (`memory.js`).

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string} file in `operations/`
 * @property {Record<string, unknown>} variables
 * @property {Record<string, string>} headers
 */

/** What every tab sends, a new one too. A guest has no token: then that header is left out. */
export const HEADERS = { "X-Channel": "eu", Authorization: "Bearer $accessToken" };

const CART = { ...HEADERS, "X-Cart-Token": "$cartToken" };
const ORDER = { ...HEADERS, "X-Order-Token": "$orderToken" };
const ONCE = { "Idempotency-Key": "auto" };

const ADDRESS = {
  firstName: "Ada",
  lastName: "Rossi",
  line1: "Riva del Vin 12",
  city: "Berlin",
  postalCode: "10115",
  country: "DE",
};

/** @type {Step[]} */
export const STEPS = [
  { title: "Browse products", file: "01-browse", variables: { first: 5 }, headers: HEADERS },
  { title: "Create a cart", file: "02-cart-create", variables: { input: {} }, headers: HEADERS },
  {
    title: "Add the product to it",
    file: "03-cart-lines-add",
    variables: { input: { cartId: "$cart", lines: [{ variantId: "$variant", quantity: 2 }] } },
    headers: { ...CART, ...ONCE },
  },
  {
    title: "Say who, where to and how",
    file: "04-cart-details",
    variables: {
      contact: { cartId: "$cart", email: "ada@example.com" },
      address: { cartId: "$cart", shipping: ADDRESS },
      delivery: { cartId: "$cart", method: { code: "parcel" } },
    },
    headers: CART,
  },
  {
    title: "Is anything missing? What does it cost?",
    file: "05-cart-readiness",
    variables: { id: "$cart" },
    headers: CART,
  },
  {
    title: "Pay and place the order",
    file: "06-cart-complete",
    variables: {
      input: {
        cartId: "$cart",
        expectedVersion: "$cartVersion",
        expectedTotal: { amount: "$totalAmount", currency: "$totalCurrency" },
        payment: { method: "CARD", token: "sandbox_approve" },
      },
    },
    headers: { ...CART, ...ONCE },
  },
  {
    title: "Look at the order",
    file: "07-order-lookup",
    variables: { by: { id: "$order" } },
    headers: ORDER,
  },
  {
    title: "Watch it change",
    file: "08-order-updated",
    variables: { id: "$order" },
    headers: ORDER,
  },
  {
    title: "Sign in as staff",
    file: "09-sign-in",
    variables: { input: { email: "admin@demo.rialto.shop", password: "rialto-demo" } },
    headers: { "X-Channel": "eu" },
  },
  {
    title: "Plan a parcel",
    file: "10-fulfillment-create",
    variables: { input: { orderId: "$order" } },
    headers: { ...HEADERS, ...ONCE },
  },
  {
    title: "Pack it",
    file: "11-fulfillment-pack",
    variables: { input: { id: "$fulfillment" } },
    headers: { ...HEADERS, ...ONCE },
  },
  {
    title: "Ship it",
    file: "12-fulfillment-ship",
    variables: {
      input: { id: "$fulfillment", tracking: { carrier: "DHL", number: "JD0146000001" } },
    },
    headers: { ...HEADERS, ...ONCE },
  },
  {
    title: "Deliver it",
    file: "13-fulfillment-deliver",
    variables: { input: { id: "$fulfillment" } },
    headers: { ...HEADERS, ...ONCE },
  },
];

/**
 * What GraphiQL calls a tab definition.
 * @param {Step} step
 * @param {string} document
 */
export function tabOf(step, document) {
  return {
    query: document.trim(),
    variables: JSON.stringify(step.variables, null, 2),
    headers: JSON.stringify(step.headers, null, 2),
  };
}

/**
 * The name of the operation in a document: GraphiQL shows it as the title of the tab.
 * @param {string} document
 */
export const operationOf = (document) =>
  /^(?:query|mutation|subscription)\s+(\w+)/m.exec(document)?.[1] ?? "";
