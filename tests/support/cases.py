"""Cases for tests of the rules: one conversation at noon, with what a test changes."""

from __future__ import annotations

from typing import Any

from bot.domain.case import Case
from tests.support.fakes import NOON

USUAL: dict[str, Any] = {
    "now": NOON,
    "language": "en",
    "opened": True,
    "practice": False,
    "silent_for": 20,
    "state": "BOT",
    "on_duty": True,
    "offered_today": False,
    "pressed": None,
    "heard": (),
    "known": (),
    "urgency": "none",
    "urgency_maybe": "none",
    "safety_declined": False,
    "wrote": True,
    "told": 0,
    "dialogue": {},
}


def a_case(**changed: Any) -> Case:
    """Give the usual case with some of its fields changed."""
    return Case(**{**USUAL, **changed})
