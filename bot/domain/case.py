"""What the next move may depend on: codes, counters, times, consents. No text, no identity.

A case is made by the app for one turn, travels to the engine as JSON and is thrown away there.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.domain.codes import Act, Language, Urgency


@dataclass(frozen=True)
class Case:
    """One conversation as the rules see it at the moment of one turn. Times are aware and in UTC."""

    now: datetime
    language: Language
    opened: bool
    """The opening was said at some time in this conversation."""
    practice: bool
    """The installation is not live yet (design/handoff.md, *Practice and going live*)."""
    silent_for: int | None
    """Seconds between this and the person's last message before it; None at their first."""
    state: str
    """The ownership state's name, such as `BOT` or `QUEUED`."""
    on_duty: bool
    """Somebody who may claim and speaks the language is signed in."""
    offered_today: bool
    """A hand-off was offered and not taken in the last 24 hours."""
    pressed: Act | None
    """The act of the button whose press is this turn's input."""
    heard: tuple[str, ...]
    """Indicator codes read in this turn's messages."""
    known: tuple[str, ...]
    """Indicator codes observed before this turn."""
    urgency: Urgency
    urgency_maybe: Urgency
    safety_declined: bool
    """The person said in this talk that they are not in danger now."""
    wrote: bool
    """They wrote at some time, in words of their own: the language is known from more than a hint."""
    told: int
    """How many of the person's messages so far told something."""
    dialogue: dict[str, Any]
    """What the last committed turn left to remember, as the engine returned it."""


def case_to_json(case: Case) -> dict[str, Any]:
    """Give the wire shape; `dialogue` travels beside the case, not inside."""
    data = asdict(case)
    del data["dialogue"]
    data["now"] = case.now.isoformat()
    data["heard"] = list(case.heard)
    data["known"] = list(case.known)
    return data


def case_from_json(data: dict[str, Any], dialogue: dict[str, Any]) -> Case:
    """Read the wire shape; an unknown or missing field raises TypeError."""
    fields = dict(data)
    fields["now"] = datetime.fromisoformat(fields["now"])
    fields["heard"] = tuple(fields["heard"])
    fields["known"] = tuple(fields["known"])
    return Case(**fields, dialogue=dialogue)
