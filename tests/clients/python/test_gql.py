"""Python's gql does what the other clients do."""

import asyncio
import logging
import os
import unittest
import uuid
from pathlib import Path

from connect import connect, connect_live, who
from gql import Client, gql
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

URL = os.environ["RIALTO_URL"]
SOCKET = URL.replace("http", "ws", 1)
PATIENCE_S = 60
OPERATIONS = Path(__file__).parent.parent / "operations"


def operation(name, **variables):
    request = gql((OPERATIONS / f"{name}.graphql").read_text())
    request.variable_values = variables
    return request


async def new_cart():
    """A guest's cart with its secret, and a variant that can be put into it."""
    async with connect(URL) as session:
        made = (await session.execute(operation("cart_create")))["cartCreate"]
        products = await session.execute(
            operation("products", first=1, filter={"availability": "IN_STOCK"})
        )
    variants = products["products"]["nodes"][0]["variants"]
    variant = next(one["id"] for one in variants if one["inStock"])
    return made["cart"]["id"], made["cartToken"], variant


class OverHttp(unittest.IsolatedAsyncioTestCase):
    async def test_it_reads_products_by_variables(self):
        async with connect(URL) as session:
            found = await session.execute(operation("products", first=3))
            after = found["products"]["pageInfo"]["endCursor"]
            more = await session.execute(operation("products", first=3, after=after))
        ids = {node["id"] for page in (found, more) for node in page["products"]["nodes"]}
        self.assertEqual(len(ids), 6)

    async def test_it_fills_a_cart_and_a_retry_with_the_same_key_happens_once(self):
        cart, token, variant = await new_cart()
        add = operation("cart_lines_add", cart=cart, variant=variant, quantity=2)
        key = {"Idempotency-Key": str(uuid.uuid4())}
        async with connect(URL, token) as session:
            answers = [
                await session.execute(
                    add,
                    extra_args={"headers": {"X-Cart-Token": token, **key}},
                    get_execution_result=True,
                )
                for _ in range(2)
            ]
            seen = await session.execute(operation("cart", id=cart))
        first, again = (answer.data["cartLinesAdd"] for answer in answers)
        self.assertEqual(first["errors"], [])
        self.assertEqual(first["cart"]["version"], again["cart"]["version"])
        self.assertTrue(answers[1].extensions["idempotency"]["replayed"])
        self.assertEqual(seen["cart"]["lines"]["nodes"][0]["quantity"], 2)

    async def test_it_is_told_what_is_left_when_it_asks_for_too_much(self):
        cart, token, variant = await new_cart()
        async with connect(URL, token) as session:
            answer = await session.execute(
                operation("cart_lines_add", cart=cart, variant=variant, quantity=1_000_000)
            )
        (error,) = answer["cartLinesAdd"]["errors"]
        self.assertEqual(error["__typename"], "InsufficientStockError")
        self.assertEqual(error["requested"], 1_000_000)
        self.assertGreater(error["available"], 0)

    async def test_it_reads_the_code_of_a_refused_operation(self):
        async with connect(URL) as session:
            with self.assertRaises(TransportQueryError) as caught:
                await session.execute(operation("orders"))
        codes = [error["extensions"]["code"] for error in caught.exception.errors]
        self.assertEqual(codes, ["FORBIDDEN"])

    async def test_it_reads_the_schema_and_validates_by_it(self):
        client = connect(URL, fetch_schema_from_transport=True)
        async with client as session:
            with self.assertRaisesRegex(Exception, "Cannot query field 'colour'"):
                await session.execute(gql("{ products(first: 1) { nodes { colour } } }"))
            await session.execute(operation("products", first=1))
        self.assertIsNone(client.schema.get_type("Product").fields.get("colour"))


class Live:
    """What every transport is asked to do."""

    async def asyncSetUp(self):
        # When gql closes it leaves a task whose error nobody reads, and asyncio tells of it.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)

    def client(self, cart_token):
        raise NotImplementedError

    async def test_it_sees_a_cart_as_it_is_and_then_every_change(self):
        cart, token, variant = await new_cart()
        add = operation("cart_lines_add", cart=cart, variant=variant, quantity=2)
        seen = []
        async with asyncio.timeout(PATIENCE_S), self.client(token) as live:
            async for answer in live.subscribe(operation("cart_updated", id=cart)):
                lines = answer["cartUpdated"]["lines"]["nodes"]
                seen.append(sum(line["quantity"] for line in lines))
                if seen[-1] == 2:
                    break
                async with connect(URL, token) as session:
                    await session.execute(add)
        self.assertEqual((seen[0], seen[-1]), (0, 2))

    async def test_it_is_refused_a_cart_whose_secret_it_has_not(self):
        cart, _, _ = await new_cart()
        async with asyncio.timeout(PATIENCE_S), self.client(None) as live:
            with self.assertRaises(TransportQueryError) as caught:
                async for _ in live.subscribe(operation("cart_updated", id=cart)):
                    self.fail("somebody else's cart was shown")
        (refused,) = caught.exception.errors
        # The older sub-protocol has one error, and gql hands it over with the list in it.
        (error,) = refused.get("errors", [refused])
        self.assertEqual(error["extensions"]["code"], "NOT_FOUND")


class OverAiohttp(Live, unittest.IsolatedAsyncioTestCase):
    """Offers both sub-protocols, the older one first."""

    def client(self, cart_token):
        return connect_live(URL, cart_token)


class OverWebsockets(Live, unittest.IsolatedAsyncioTestCase):
    """The same over the package websockets."""

    def client(self, cart_token):
        return Client(transport=WebsocketsTransport(url=SOCKET, init_payload=who(cart_token)))


class OverTheNewerProtocol(Live, unittest.IsolatedAsyncioTestCase):
    """Offers the newer sub-protocol alone."""

    def client(self, cart_token):
        transport = AIOHTTPWebsocketsTransport(
            url=SOCKET,
            init_payload=who(cart_token),
            subprotocols=[AIOHTTPWebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        )
        return Client(transport=transport)


if __name__ == "__main__":
    unittest.main()
