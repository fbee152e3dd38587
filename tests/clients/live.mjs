// What every client that can subscribe is asked to do.
import assert from "node:assert/strict";
import { test } from "node:test";

import WebSocket from "ws";

import { within } from "./server.mjs";
import { addElsewhere, cartAndVariant, operation } from "./shop.mjs";

// Browsers have it, and so has Node from 22 on.
globalThis.WebSocket ??= WebSocket;

/** What is waited for comes at once; whoever waits so long hangs. */
const PATIENCE_MS = 60_000;

/** What a subscription brings, in its order, to be waited for. */
export function inbox() {
  const waiting = [];
  let wake = () => {};
  const put = (entry) => {
    waiting.push(entry);
    wake();
  };
  const take = async () => {
    while (!waiting.length) await new Promise((woken) => (wake = woken));
    return waiting.shift();
  };
  const next = () => within(PATIENCE_MS, take(), "nothing came");
  return {
    next: (data) => put({ data }),
    refused: (codes) => put({ codes }),
    failed: (error) => put({ error }),
    ended: () => put({ ended: true }),
    /** The next thing that comes. */
    one: next,
    /** The first data that is as wanted; anything but data fails. */
    async until(wanted) {
      for (;;) {
        const { data, ...other } = await next();
        assert.deepEqual(other, {}, "this is no data");
        if (wanted(data)) return data;
      }
    },
  };
}

/** The codes of the errors of an answer. */
export const codesOf = (errors) => errors.map((error) => error.extensions?.code);

/**
 * The tests of a client that subscribes.
 *
 * `subscribe(session, document, variables, box)` puts data into the box with `next`, the codes of
 * errors with `refused`, what breaks with `failed`, the end with `ended`, and gives what ends it.
 */
export function livesWith(name, url, subscribe) {
  test(`${name} sees a cart as it is, and then every change`, async () => {
    const cart = await cartAndVariant(url);
    const box = inbox();
    const session = { cartToken: cart.token };
    const close = subscribe(session, operation("cart_updated"), { id: cart.id }, box);
    try {
      const pieces = (wanted) =>
        box.until(({ cartUpdated }) => (cartUpdated.lines.nodes[0]?.quantity ?? 0) === wanted);
      const { cartUpdated } = await pieces(0);
      assert.equal(cartUpdated.id, cart.id);
      await addElsewhere(url, cart, 1);
      const changed = await pieces(1);
      assert.ok(changed.cartUpdated.version > cartUpdated.version);
      await addElsewhere(url, cart, 2);
      await pieces(3);
    } finally {
      await close();
    }
  });

  test(`${name} is refused a cart whose secret it has not`, async () => {
    const cart = await cartAndVariant(url);
    const box = inbox();
    const close = subscribe({}, operation("cart_updated"), { id: cart.id }, box);
    try {
      assert.deepEqual(await box.one(), { codes: ["NOT_FOUND"] });
    } finally {
      await close();
    }
  });

  test(`${name} is told that a subscription is wrong`, async () => {
    const box = inbox();
    const document = `subscription Wrong { cartUpdated(id: "cart_0") { colour } }`;
    const close = subscribe({}, document, {}, box);
    try {
      assert.deepEqual(await box.one(), { codes: ["BAD_REQUEST"] });
    } finally {
      await close();
    }
  });
}
