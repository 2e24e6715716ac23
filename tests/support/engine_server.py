"""A fake engine behind real HTTP: for tests of the app that would spend their time on starting Rasa."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

import uvicorn
from litestar import Litestar, Request, get, post
from litestar.datastructures import State

from bot.domain.reply import effect_to_json, say_to_json
from tests.support.fakes import FakeEngine

TOKEN = "t" * 32


@get("/webhooks/saphan/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@post("/webhooks/saphan/read", status_code=200)
async def read(request: Request[Any, Any, State]) -> dict[str, Any]:
    body = await request.json()
    data = asdict(await request.app.state.engine.read(body["text"], body["hints"]))
    for indicator in data["indicators"]:
        indicator["evidence"] = [indicator.pop("start"), indicator.pop("end")]
    return data


@post("/webhooks/saphan/turn", status_code=200)
async def turn(request: Request[Any, Any, State]) -> dict[str, Any]:
    body = await request.json()
    answer = await request.app.state.engine.turn(body["turn"], body["intent"], body["case"], body["dialogue"])
    return {
        "turn": body["turn"],
        "say": [say_to_json(say) for say in answer.reply.say],
        "effects": [effect_to_json(effect) for effect in answer.reply.effects],
        "dialogue": dict(answer.dialogue),
    }


@asynccontextmanager
async def serve_fake_engine(engine: FakeEngine) -> AsyncIterator[str]:
    """Serve until the block ends; give the URL."""
    app = Litestar([health, read, turn], state=State({"engine": engine}), openapi_config=None, logging_config=None)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
