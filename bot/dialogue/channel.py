"""The engine's only way in: two routes and a health check, all behind the bearer token.

Intents travel in a JSON field of `turn`, so that no text can ever be an intent. No answer repeats what was sent.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.dialogue.engine import Engine, Turn, TurnFailed, UnknownIntent
from bot.domain.case import case_from_json
from bot.errors import SettingError
from bot.logs import get_logger

TOKEN: Final = "SAPHAN_ENGINE_TOKEN"  # noqa: S105 - the setting's name
LONGEST: Final = 20_000
"""Code points of one text; no messenger sends more."""

SHAPE: Final = {"turn": str, "intent": str, "entities": list, "case": dict, "dialogue": dict}
"""What a turn's body holds."""

logger = get_logger(__name__)
Handler = Callable[[Request], Awaitable[HTTPResponse]]


class Saphan(InputChannel):
    """Rasa's view of the channel."""

    def __init__(self, token: str) -> None:
        """Keep the token that every request has to bring."""
        self.token = token

    @classmethod
    def name(cls) -> str:
        """Give the part of the address: /webhooks/saphan."""
        return "saphan"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Saphan:
        """Take the token from the environment; without one SettingError, for there is no open engine."""
        token = os.environ.get(TOKEN, "")
        if not token:
            raise SettingError(f"{TOKEN} should hold the token that the app sends")
        return cls(token)

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]]) -> Blueprint:
        """List the routes; Rasa's own way in is not used."""
        routes = Blueprint("saphan")
        for path, methods, handler in ROUTES:
            routes.add_route(_with_token(self.token, handler), path, methods=methods, name=handler.__name__)
        return routes


async def say_healthy(request: Request) -> HTTPResponse:
    """Answer once the model is loaded: before, nobody listens."""
    return _json({"status": "ok"})


async def read(request: Request) -> HTTPResponse:
    """Read one text."""
    body = _object(request.body)
    text, hints = body.get("text"), body.get("hints", {})
    if not isinstance(text, str) or len(text) > LONGEST or not _are_hints(hints):
        raise BadBody
    return _json(await _engine(request).read(text, hints))


async def take_turn(request: Request) -> HTTPResponse:
    """Choose the next move."""
    try:
        return _json(await _engine(request).take(_turn(_object(request.body))))
    except UnknownIntent:
        return _json({"error": "unknown intent"}, 422)
    except TurnFailed as failure:
        logger.error("turn_failed", error=failure.__cause__ or failure)
        return _json({"error": "the turn failed"}, 502)


ROUTES: Final = (
    ("/health", ["GET"], say_healthy),
    ("/read", ["POST"], read),
    ("/turn", ["POST"], take_turn),
)


class BadBody(Exception):
    """The body is not what the route takes."""


def _with_token(token: str, handler: Handler) -> Handler:
    @wraps(handler)
    async def checked(request: Request) -> HTTPResponse:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(errors="replace"), f"Bearer {token}".encode()):
            return _json({"error": "wrong token"}, 401)
        try:
            return await handler(request)
        except BadBody:
            return _json({"error": "bad body"}, 400)

    return checked


def _object(body: bytes) -> dict[str, Any]:
    # The standard library on purpose: it keeps a lone surrogate as it came, so that offsets hold.
    try:
        found = json.loads(body)
    except ValueError as error:
        raise BadBody from error
    if not isinstance(found, dict):
        raise BadBody
    return found


def _are_hints(hints: Any) -> bool:
    if not isinstance(hints, dict):
        return False
    counts, zawgyi = hints.get("languages") or {}, hints.get("zawgyi") or 0.0
    numbers = isinstance(counts, dict) and all(isinstance(n, (int, float)) for n in counts.values())
    return numbers and isinstance(zawgyi, (int, float))


def _turn(body: dict[str, Any]) -> Turn:
    """Check the shape before Rasa sees it; a case with a wrong field is the caller's mistake, not an action's."""
    if not all(isinstance(body.get(field), kind) for field, kind in SHAPE.items()):
        raise BadBody
    if not all(isinstance(entity, dict) for entity in body["entities"]):
        raise BadBody
    try:
        case_from_json(body["case"], body["dialogue"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadBody from error
    return Turn(**{field: body[field] for field in SHAPE})


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.ctx.engine
    return engine


def _json(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    return HTTPResponse(json.dumps(body), status, content_type="application/json")
