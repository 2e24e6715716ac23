"""What travels between a bot and the Bot API of rehearsals: requests, forms, keyboards and refusals."""

from __future__ import annotations

import asyncio
import json
from email import message_from_bytes
from email.message import Message
from typing import Any, Final
from urllib.parse import parse_qsl

DATA_LIMIT: Final = 64
"""Bytes that the data of a button may have."""

Json = dict[str, Any]


class ApiError(Exception):
    """A call that the Bot API refuses."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        """Say it as the Bot API does."""
        super().__init__(description)
        self.code = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


class CutOff(Exception):
    """The connection ends although the call was accepted."""


async def request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    """Read one request, and give its path and its form; a file in it is given byte by byte, as Latin letters."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    head = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(head.get("content-length", 0)))
    kind = head.get("content-type", "")
    form = (
        _parts_of(kind, body)
        if kind.startswith("multipart/")
        else dict(parse_qsl(body.decode(), keep_blank_values=True))
    )
    return first.split(" ")[1], form


def _parts_of(kind: str, body: bytes) -> dict[str, str]:
    whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    parts = [part for part in whole.walk() if not part.is_multipart()]
    return {str(part.get_param("name", header="content-disposition")): _carried(part) for part in parts}


def _carried(part: Message) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return data.decode("latin-1" if part.get_filename() else "utf-8")


def decoded(name: str, value: str) -> Any:
    """Everything that is not text travels as JSON in a form's field."""
    if name in ("text", "callback_query_id", "voice"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def checked_rows(markup: Json | None) -> list[list[Json]]:
    """Give the rows of a keyboard that Telegram would take."""
    rows: list[list[Json]] = (markup or {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not str(button.get("text", "")).strip():
            raise ApiError(400, "Bad Request: can't parse inline keyboard button: text is empty")
        if not 1 <= len(str(button.get("callback_data", "")).encode()) <= DATA_LIMIT:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def answer_about_itself(kept: Json, method: str, data: Json) -> Any:
    """Keep and give what a bot says of itself: name, texts and commands for each language, and one picture."""
    if method == "getUserProfilePhotos":
        return {"total_count": int("ProfilePhoto" in kept), "photos": []}
    what = method.partition("My")[2]
    name = what if what == "ProfilePhoto" else f"{what}{data.get('language_code', '')}"
    if method.startswith("get"):
        return kept.get(name, [] if what == "Commands" else {})
    if method.startswith("delete"):
        kept.pop(name, None)
    else:
        kept[name] = {field: str(value) for field, value in data.items()}
    return True
