"""The pace of a conversation: what may be asked, when, and what is let go (design/conversation.md, *Pacing*)."""

from __future__ import annotations

from bot.domain.case import Case
from bot.domain.pacing_state import Asked, Heaviness, Pacing, from_json, to_json

__all__ = ["Asked", "Heaviness", "Pacing", "from_json", "pacing_of", "to_json"]


def pacing_of(case: Case) -> Pacing:
    """Give the pace as the last turn left it."""
    return from_json(case.dialogue.get("pacing"))
