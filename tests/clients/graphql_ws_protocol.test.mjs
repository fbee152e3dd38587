// graphql-transport-ws by hand: what the server tests of graphql-ws ask, asked over the wire.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";

import WebSocket from "ws";

import { shop, within } from "./server.mjs";
import { cartAndVariant, operation } from "./shop.mjs";

const url = await shop();

/** A socket by which messages are said and heard; `closed` is the code it is closed with. */
async function dial(protocols = "graphql-transport-ws") {
  const socket = new WebSocket(url.replace(/^http/, "ws"), protocols);
  const heard = [];
  let wake = () => {};
  socket.on("message", (text) => {
    const message = JSON.parse(text);
    if (message.type === "ping") return; // Whether we are still there, now and then.
    heard.push(message);
    wake();
  });
  const closed = within(
    60_000,
    once(socket, "close").then(([code]) => code),
    "the socket stays open",
  );
  closed.catch(() => {});
  await once(socket, "open");
  const say = (message) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const hear = async () => {
    while (!heard.length) await within(60_000, new Promise((now) => (wake = now)), "silence");
    return heard.shift();
  };
  return { socket, say, hear, closed };
}

/** The same, past its beginning. */
async function begun(payload) {
  const line = await dial();
  line.say({ type: "connection_init", payload });
  assert.equal((await line.hear()).type, "connection_ack");
  return line;
}

const subscribe = (id, query, variables) => ({
  id,
  type: "subscribe",
  payload: { query, variables },
});

test("a socket without a sub-protocol is closed with 4406", async () => {
  const { closed } = await dial([]);
  assert.equal(await closed, 4406);
});

for (const [what, message] of [
  ["is no JSON", "{"],
  ["is no object", "[]"],
  ["has no type", {}],
  ["has an unknown type", { type: "start" }],
  ["subscribes without an id", { type: "subscribe", payload: { query: "{ __typename }" } }],
  ["subscribes without a payload", { type: "subscribe", id: "1" }],
]) {
  test(`a message that ${what} closes the socket with 4400`, async () => {
    const { say, closed } = await begun();
    say(message);
    assert.equal(await closed, 4400);
  });
}

test("who subscribes before it has said who it is is closed with 4401", async () => {
  const { say, closed } = await dial();
  say(subscribe("1", "{ __typename }"));
  assert.equal(await closed, 4401);
});

test("who begins twice is closed with 4429", async () => {
  const { say, closed } = await begun();
  say({ type: "connection_init" });
  assert.equal(await closed, 4429);
});

test("an id that is in use closes the socket with 4409, and is free again after its end", async () => {
  const cart = await cartAndVariant(url);
  const { say, hear, closed } = await begun({ "X-Cart-Token": cart.token });
  const watch = subscribe("a", operation("cart_updated"), { id: cart.id });
  say(subscribe("a", "{ __typename }"));
  assert.equal((await hear()).type, "next");
  assert.deepEqual(await hear(), { id: "a", type: "complete" });
  say(watch);
  assert.equal((await hear()).type, "next");
  say({ id: "a", type: "complete" });
  say(watch);
  assert.equal((await hear()).type, "next");
  say(watch);
  assert.equal(await closed, 4409);
});

test("a ping is answered with its payload, before the beginning too", async () => {
  const { socket, say, hear } = await dial();
  say({ type: "ping", payload: { at: 1 } });
  assert.deepEqual(await hear(), { type: "pong", payload: { at: 1 } });
  say({ type: "pong" });
  say({ type: "connection_init" });
  assert.equal((await hear()).type, "connection_ack");
  socket.close();
});

test("a document that is wrong ends its own subscription only", async () => {
  const { socket, say, hear } = await begun();
  say(subscribe("wrong", "{ nothing_of_this_name }"));
  const { id, type, payload } = await hear();
  assert.deepEqual({ id, type }, { id: "wrong", type: "error" });
  assert.equal(payload[0].extensions.code, "BAD_REQUEST");
  say(subscribe("right", "{ __typename }"));
  const answer = await hear();
  assert.deepEqual(answer.payload.data, { __typename: "Query" });
  assert.deepEqual(await hear(), { id: "right", type: "complete" });
  socket.close();
});

test("a token that does not hold does not begin", async () => {
  const { say, closed } = await dial();
  say({ type: "connection_init", payload: { Authorization: "Bearer nothing" } });
  assert.ok([4401, 4403].includes(await closed));
});
