"""The listeners of `saphan run`: an answer leaves at once, on a connection that was used before too."""

from __future__ import annotations

import http.client
import threading
import time

import uvicorn

from bot.commands.run import _listening
from bot.settings import Address

TWO_PIECES = 0.03
"""Seconds; who waits for the browser's delayed acknowledgement between head and body waits 40 ms on this system."""


async def _app(scope: object, receive: object, send: object) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]


def _fastest(port: int) -> float:
    """Give the time of the fastest of many answers on one connection, the first left out."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    took = []
    for _ in range(12):
        began = time.perf_counter()
        line.request("GET", "/")
        assert line.getresponse().read() == b"ok"
        took.append(time.perf_counter() - began)
    line.close()
    return min(took[2:])


def test_a_second_answer_on_a_connection_waits_for_nothing() -> None:
    with _listening(Address("127.0.0.1", 0), "SAPHAN_LISTEN") as listener:
        server = uvicorn.Server(uvicorn.Config(_app, log_config=None, lifespan="off"))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        try:
            assert _fastest(listener.getsockname()[1]) < TWO_PIECES
        finally:
            server.should_exit = True
            serving.join()
