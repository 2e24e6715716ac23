"""The buttons below a message: an answer that is pressed, and the key of what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.codes import Act


@dataclass(frozen=True)
class Button:
    """One answer to the question above it.

    `act` becomes the intent of the turn that the press starts; `label` is a key of the words files.
    """

    act: Act
    label: str
    args: tuple[tuple[str, str], ...] = ()
    """What fills the label's places: codes and numbers only."""


def button_to_json(button: Button) -> dict[str, Any]:
    """Give the wire shape of one button."""
    return {"act": button.act, "label": button.label, "args": dict(button.args)}


def button_from_json(data: Mapping[str, Any]) -> Button:
    """Read the wire shape of one button."""
    args = tuple((str(name), str(value)) for name, value in data.get("args", {}).items())
    return Button(Act(str(data["act"])), str(data["label"]), args)
