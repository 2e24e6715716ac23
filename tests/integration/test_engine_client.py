"""Every way in which the engine can fail to answer is one error, and none tells what was sent or answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.adapters.engine import HttpEngine
from bot.errors import EngineFailure

PLANTED = "zebrafinch"
ANSWER = {
    "turn": "t-1",
    "say": [{"say": "listening.heard-1", "args": {}, "buttons": []}],
    "effects": [],
    "dialogue": {},
}
READING = {
    "language": "en",
    "script": "Latn",
    "zawgyi": 0.0,
    "intent": "tell",
    "intent_confidence": 0.9,
    "indicators": [{"code": "threats", "confidence": 0.8, "evidence": [0, 4]}],
    "urgency": "none",
    "urgency_maybe": "none",
}


def engine(answer: Callable[[httpx.Request], httpx.Response], within: float = 4.0) -> HttpEngine:
    return HttpEngine("http://127.0.0.1:1", "token", within, httpx.MockTransport(answer))


def answering(status: int, body: Any) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status, json=body)


def refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError(PLANTED, request=request)


def silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout(PLANTED, request=request)


@pytest.mark.parametrize(
    "answer",
    [
        refused,
        silent,
        answering(502, {"error": PLANTED}),
        answering(401, {}),
        answering(422, {}),
        answering(200, []),
        answering(200, {**ANSWER, "say": []}),
        answering(200, {**ANSWER, "turn": "t-2"}),
        answering(200, {"turn": "t-1"}),
        lambda _: httpx.Response(200, text=PLANTED),
    ],
    ids=["gone", "silent", "502", "401", "422", "list", "empty", "another turn", "no words", "no JSON"],
)
async def test_an_answer_that_is_none_is_a_failure_without_words(
    answer: Callable[[httpx.Request], httpx.Response],
) -> None:
    with pytest.raises(EngineFailure) as failure:
        await engine(answer).turn("t-1", "tell", {"x": PLANTED}, {})
    assert PLANTED not in str(failure.value)
    assert failure.value.__cause__ is None or PLANTED not in str(failure.value.__cause__)


async def test_an_answer_gives_words_and_slots() -> None:
    answer = await engine(answering(200, ANSWER)).turn("t-1", "tell", {}, {})
    assert [say.key for say in answer.reply.say] == ["listening.heard-1"]


async def test_the_token_is_shown_and_half_a_surrogate_is_sent_as_one_sign() -> None:
    asked: list[httpx.Request] = []

    def read(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=READING)

    reading = await engine(read).read("a\ud83db", {})
    assert asked[0].headers["authorization"] == "Bearer token"
    assert json.loads(asked[0].content)["text"] == "a\ufffdb"
    assert [(i.code, i.start, i.end) for i in reading.indicators] == [("threats", 0, 4)]


async def test_an_answer_after_the_limit_is_a_failure() -> None:
    never = asyncio.Event()

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await never.wait()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = HttpEngine(f"http://127.0.0.1:{port}", "token", answer_within=0.2)
    with pytest.raises(EngineFailure):
        await client.turn("t-1", "tell", {}, {})
    with pytest.raises(EngineFailure):
        await client.read("hello", {})
    assert not await client.is_well()
    await client.close()
    never.set()
    server.close()
    await server.wait_closed()
