"""Python: gql over aiohttp, subscriptions over a WebSocket."""

from gql import Client
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport


def connect(url, cart_token=None, **options):
    """A client; use it as `async with connect(url) as session`."""
    return Client(transport=AIOHTTPTransport(url=url, headers=who(cart_token)), **options)


def connect_live(url, cart_token=None):
    """A client that subscribes: `async for answer in session.subscribe(request)`."""
    address = url.replace("http", "ws", 1)
    return Client(transport=AIOHTTPWebsocketsTransport(url=address, init_payload=who(cart_token)))


def who(cart_token):
    """Who asks, as headers and as what a WebSocket begins with."""
    return {"X-Cart-Token": cart_token} if cart_token else {}
