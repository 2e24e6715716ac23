"""What a turn answers with: sentences by key, buttons by act, and effects. Never a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.domain.buttons import Button, button_from_json, button_to_json
from bot.domain.pacing_state import Pacing

__all__ = [
    "Button",
    "Effect",
    "Reply",
    "Say",
    "effect_from_json",
    "effect_to_json",
    "say_from_json",
    "say_to_json",
]


@dataclass(frozen=True)
class Say:
    """One message to the person: a key of the words files (`topic.message`) and what fills its places.

    `args` hold codes and numbers only; the app adds the organisation's and the messenger's name.
    """

    key: str
    args: dict[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Places that are filled with the sentences of other keys, one after the other."""


@dataclass(frozen=True)
class Effect:
    """Something the turn changes, such as `offer_handoff`; the kinds stand in `bot.domain.effects`."""

    kind: str
    value: str = ""


@dataclass(frozen=True)
class Reply:
    """The answer to one turn: what is said, in order, and what changes."""

    say: tuple[Say, ...] = ()
    effects: tuple[Effect, ...] = ()
    pacing: Pacing | None = None
    """The pace from now on; None leaves it as it was."""
    room: frozenset[str] = frozenset()
    """Kinds of the one next step that pacing may add (`bot.domain.pacing`); an answer that ends something has none."""

    @property
    def is_empty(self) -> bool:
        """True when neither said nor changed anything: an engine that answers so has failed."""
        return not self.say and not self.effects


def say_to_json(say: Say) -> dict[str, Any]:
    """Give the wire shape of one message."""
    return {
        "say": say.key,
        "args": dict(say.args),
        "buttons": [button_to_json(button) for button in say.buttons],
        "lists": {place: list(keys) for place, keys in say.lists.items()},
    }


def say_from_json(data: dict[str, Any]) -> Say:
    """Read the wire shape of one message; a missing `say` raises KeyError."""
    return Say(
        key=str(data["say"]),
        args={str(k): str(v) for k, v in data.get("args", {}).items()},
        buttons=tuple(button_from_json(button) for button in data.get("buttons", [])),
        lists={str(place): tuple(map(str, keys)) for place, keys in data.get("lists", {}).items()},
    )


def effect_to_json(effect: Effect) -> dict[str, str]:
    """Give the wire shape of one effect."""
    return {"effect": effect.kind, "value": effect.value}


def effect_from_json(data: dict[str, Any]) -> Effect:
    """Read the wire shape of one effect; a missing `effect` raises KeyError."""
    return Effect(kind=str(data["effect"]), value=str(data.get("value", "")))
