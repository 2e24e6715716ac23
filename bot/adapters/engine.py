"""Speaks with the engine over HTTP. Never logs or raises with what was sent or answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Final

import httpx

from bot.domain.reply import Reply, effect_from_json, say_from_json
from bot.errors import EngineFailure
from bot.services.ports import Indicator, Reading, TurnAnswer

HALF_A_PAIR: Final = re.compile("[\ud800-\udfff]")
"""Half a surrogate cannot be sent as UTF-8; replaced one for one, so that evidence keeps its place."""
ANSWER_WITHIN: Final = 4.0
"""Seconds after which an answer is a failure (design/architecture.md, *Engine failure*)."""


class HttpEngine:
    """The engine behind a URL; loopback, or https to another machine."""

    def __init__(
        self,
        url: str,
        token: str,
        answer_within: float = ANSWER_WITHIN,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`token` is the bearer token that the engine was started with; `transport` is for tests."""
        self._answer_within = answer_within
        self._client = httpx.AsyncClient(
            base_url=f"{url.rstrip('/')}/webhooks/saphan",
            headers={"Authorization": f"Bearer {token}"},
            timeout=answer_within,
            trust_env=False,
            transport=transport,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def read(self, text: str, hints: Mapping[str, Any]) -> Reading:
        """Read one message."""
        clean = HALF_A_PAIR.sub("\ufffd", text)
        data = await self._post("read", {"text": clean, "hints": dict(hints)})
        try:
            return Reading(
                language=data["language"],
                script=data["script"],
                zawgyi=float(data["zawgyi"]),
                intent=data["intent"] or "tell",
                intent_confidence=float(data["intent_confidence"]),
                indicators=tuple(
                    Indicator(i["code"], float(i["confidence"]), int(i["evidence"][0]), int(i["evidence"][1]))
                    for i in data["indicators"]
                ),
                urgency=data["urgency"],
                urgency_maybe=data["urgency_maybe"],
            )
        except (KeyError, TypeError, ValueError, IndexError) as exc:
            raise EngineFailure("the engine's reading has a wrong shape") from exc

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        """Choose the answer to one turn."""
        body = {"turn": turn, "intent": intent, "entities": [], "case": dict(case), "dialogue": dict(dialogue)}
        data = await self._post("turn", body)
        try:
            reply = Reply(
                say=tuple(say_from_json(item) for item in data["say"]),
                effects=tuple(effect_from_json(item) for item in data["effects"]),
            )
            answered, slots = data["turn"], dict(data["dialogue"])
        except (KeyError, TypeError, ValueError) as exc:
            raise EngineFailure("the engine's answer has a wrong shape") from exc
        if answered != turn:
            raise EngineFailure("the engine answered another turn")
        if reply.is_empty:
            raise EngineFailure("the engine's answer is empty")
        return TurnAnswer(reply, slots)

    async def is_well(self) -> bool:
        """Ask the engine for its health."""
        try:
            response = await self._client.get("/health")
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK

    async def _post(self, route: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self._answer_within):
                response = await self._client.post(f"/{route}", json=body)
        except (httpx.HTTPError, TimeoutError) as exc:
            raise EngineFailure(f"no answer from the engine ({type(exc).__name__})") from None
        if response.status_code != httpx.codes.OK:
            raise EngineFailure(f"the engine answered with status {response.status_code}")
        try:
            data = response.json()
        except ValueError:
            raise EngineFailure("the engine's answer is not JSON") from None
        if not isinstance(data, dict):
            raise EngineFailure("the engine's answer is not an object")
        return data
