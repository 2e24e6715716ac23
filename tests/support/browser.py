"""A real browser and a real server in the test's own loop, on loopback ports that the system chooses."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
import uvicorn
from playwright.async_api import Browser, BrowserContext, async_playwright

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
STARTS_WITHIN: Final = 10.0


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """Serve an ASGI application for as long as the block runs, and give its address."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = _Server(uvicorn.Config(app, log_config=None, lifespan="on", timeout_graceful_shutdown=1))
        running = asyncio.create_task(server.serve(sockets=[bound]))
        async with asyncio.timeout(STARTS_WITHIN):
            await server.listening.wait()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start Chromium; where there is none the test is skipped, in CI it fails."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        message = "no Chromium is installed; `make setup` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visiting(browser: Browser, **options: Any) -> AsyncIterator[tuple[BrowserContext, list[str]]]:
    """Open a fresh profile, and list every address that it asks for."""
    context = await browser.new_context(**options)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    try:
        yield context, asked
    finally:
        await context.close()
