"""Reads raw updates of the Bot API. Takes the words, the button and the language; never a name or a phone number.

Raw JSON, not the library's classes: those refuse a whole batch for one update that they do not know.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from bot.domain.codes import LANGUAGES
from bot.errors import SaphanError
from bot.services.attachments import PLACE
from bot.services.receive import language_of_hint, storable
from bot.services.records import Address, InboxKind, Incoming

CHANNEL: Final = "telegram"
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask for."""

_START: Final = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*", re.IGNORECASE)
"""A deep link's payload has only these letters; anything else after `/start` is somebody's own words."""

_NOBODY_SAID: Final = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "chat_shared",
        "connected_website",
        "direct_message_price_changed",
        "message_auto_delete_timer_changed",
        "paid_message_price_changed",
        "pinned_message",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "users_shared",
        "web_app_data",
        "write_access_allowed",
    }
)
"""Messages that the messenger writes by itself, such as "the auto-delete timer was changed": they want no answer."""


_FILES: Final = ("photo", "voice", "video", "video_note", "audio", "document")
_PLACES: Final = frozenset({"location", "venue"})


class UnreadableUpdate(SaphanError):
    """An update has not the shape that the Bot API promises; it says nothing of its content."""


def update_number(update: Any) -> int | None:
    """Give the number by which an update is confirmed, or None when it has none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int else None


def press_to_answer(update: dict[str, Any]) -> str | None:
    """Give the id of a press, for the phone shows a clock on the button until it is answered."""
    press = update.get("callback_query")
    name = press.get("id") if isinstance(press, dict) else None
    return name if isinstance(name, str) else None


def read_update(update: Any, bot: str) -> Incoming | None:
    """Give what a person sent to `bot` in a private chat, or None when nobody there did; raises UnreadableUpdate."""
    try:
        return _read(update, bot)
    except (AttributeError, KeyError, TypeError, ValueError):
        # Without its cause: that could quote the update.
        raise UnreadableUpdate("an update cannot be read") from None


def _read(update: Any, bot: str) -> Incoming | None:
    if not isinstance(update, dict):
        raise TypeError
    if "message" in update:
        return _read_message(update, bot, update["message"])
    if "edited_message" in update:
        # A live location also arrives as an edit, every few seconds.
        message = update["edited_message"]
        return _incoming(update, bot, message, message, "edited") if "text" in message else None
    if "callback_query" in update:
        press = update["callback_query"]
        if "message" not in press:
            return None
        return _incoming(update, bot, press["message"], press, "press", _words(press.get("data", "")))
    if "my_chat_member" in update:
        change = update["my_chat_member"]
        left = change["new_chat_member"]["status"] == "kicked"
        return _incoming(update, bot, change, change, "blocked") if left else None
    return None


def _read_message(update: dict[str, Any], bot: str, message: dict[str, Any]) -> Incoming | None:
    kind, text, hint = _said(message)
    if kind is None:
        return None
    incoming = _incoming(update, bot, message, message, kind, text, hint)
    return None if incoming is None else replace(incoming, sent=_beside(message), remote=_number_of(message))


def _said(message: dict[str, Any]) -> tuple[InboxKind | None, str, str]:
    """Give kind, words and the language that a deep link names."""
    if "text" in message:
        text = _words(message["text"])
        start = _START.fullmatch(text)
        if start is None:
            return "text", text, ""
        return "start", "", _named_language(start.group(1) or "")
    if message.get("caption"):
        # What is written under a picture is a message like any other; the picture itself is asked about.
        return "text", _words(message["caption"]), ""
    return (None if message.keys() & _NOBODY_SAID else "other"), "", ""


def _number_of(message: dict[str, Any]) -> str:
    """Give the number by which a bot can delete a message."""
    number = message.get("message_id")
    return str(number) if type(number) is int else ""


def _beside(message: dict[str, Any]) -> str:
    """Name what came beside text, as `what:file_id`; a place is only said to be one, without where it is."""
    if message.keys() & _PLACES:
        return PLACE
    for what in _FILES:
        found = message.get(what)
        # Of a photo there are several sizes, the largest last.
        thing = found[-1] if isinstance(found, list) and found else found
        if isinstance(thing, dict) and isinstance(thing.get("file_id"), str):
            return f"{what}:{thing['file_id']}"
    return ""


def _incoming(
    update: dict[str, Any],
    bot: str,
    place: dict[str, Any],
    act: dict[str, Any],
    kind: InboxKind,
    text: str = "",
    hint: str = "",
) -> Incoming | None:
    """Put together what happened in the chat of `place`, done by the sender of `act`."""
    number, chat = update_number(update), place["chat"]
    if number is None or type(chat["id"]) is not int:
        raise ValueError
    if chat["type"] != "private":
        return None
    spoken = act.get("from", {}).get("language_code") or ""
    return Incoming(Address(CHANNEL, bot, str(chat["id"])), str(number), kind, text, hint or _words(spoken))


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return storable(value)


def _named_language(payload: str) -> str:
    """Give the language that a deep link's payload means, or nothing: it may also say on which poster it stood."""
    code = language_of_hint(payload)
    return code if code != LANGUAGES[0] or payload.casefold().partition("-")[0] == code else ""
