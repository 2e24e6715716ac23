"""What pacing remembers between two turns: the open question, what was asked, skipped or refused, the last distress.

Codes, counters and times only. It travels in the dialogue slot `pacing`, which the app keeps sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from bot.domain.buttons import Button, button_from_json, button_to_json

Heaviness = Literal["light", "medium", "heavy"]
HEAVY_ONES: Final = frozenset({"medium", "heavy"})


@dataclass(frozen=True)
class Asked:
    """The one open question, with what is needed to show its buttons again."""

    id: str
    """`question:<id>`, `mirror:<row>`, `age`, `remember`, `person`, or the words key of any other question."""
    key: str
    """The words key of its sentence."""
    args: dict[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    """Its answers."""
    shown: int = 1
    """How often its buttons were shown."""

    def is_answered_by(self, act: str | None) -> bool:
        """Tell whether a pressed act is one of its answers."""
        return act is not None and any(act == button.act for button in self.buttons)


@dataclass(frozen=True)
class Pacing:
    """The pace of one conversation. Times are aware and in UTC; a field that is missing on the wire has its default."""

    asked: Asked | None = None
    row: int = 0
    """Questions of the bot's own accord in a row, without a turn that asked nothing (P3)."""
    told: int = 0
    """How many turns of this session told something."""
    quiet: bool = False
    """They said "not now": nothing is asked of our own accord until the next session."""
    asked_in_session: tuple[str, ...] = ()
    heavy_at: tuple[datetime, ...] = ()
    """When a medium or heavy question was asked; the last 24 hours count."""
    answered: dict[str, str] = field(default_factory=dict)
    """Question and the act of its answer, or `said` for one in their own words: never asked again (P8)."""
    resting: dict[str, datetime] = field(default_factory=dict)
    """Skipped or let go, and until when it is not asked (P2)."""
    closed: tuple[str, ...] = ()
    """Refused for good: questions, and topics as `topic:<name>`."""
    opened: tuple[str, ...] = ()
    """Topics that the person opened (P4)."""
    opened_in_session: tuple[str, ...] = ()
    distress_at: datetime | None = None
    turns_since_distress: int = 0
    fault_lifted: bool = False
    """"It is not your fault" was said in this session (L7)."""
    child_told: bool = False
    """What is and is not asked of a child was said, and that the family is not told (C3, C6)."""
    declined: tuple[str, ...] = ()
    """Of what they said in this session that it is not so: `danger`, `self_harm`, `medical`; each for itself."""
    decided: str = ""
    """What was decided last, and of what: `question:pay-last`, `nothing:distress`. For those who look at the rules."""


_LISTS: Final = ("asked_in_session", "closed", "opened", "opened_in_session", "declined")
_PLAIN: Final = ("row", "told", "quiet", "turns_since_distress", "fault_lifted", "child_told", "decided")


def to_json(pacing: Pacing) -> dict[str, Any]:
    """Give the wire shape."""
    asked = pacing.asked
    return {
        **{name: getattr(pacing, name) for name in _PLAIN},
        **{name: list(getattr(pacing, name)) for name in _LISTS},
        "distress_at": None if pacing.distress_at is None else pacing.distress_at.isoformat(),
        "heavy_at": [moment.isoformat() for moment in pacing.heavy_at],
        "answered": dict(pacing.answered),
        "resting": {name: until.isoformat() for name, until in pacing.resting.items()},
        "asked": None
        if asked is None
        else {
            "id": asked.id,
            "key": asked.key,
            "args": dict(asked.args),
            "buttons": [button_to_json(button) for button in asked.buttons],
            "shown": asked.shown,
        },
    }


def from_json(data: dict[str, Any] | None) -> Pacing:
    """Read the wire shape; nothing at all is the pace of a first turn."""
    if not data:
        return Pacing()
    asked = data.get("asked")
    fields: dict[str, Any] = {name: data[name] for name in _PLAIN if name in data}
    fields.update({name: tuple(str(item) for item in data.get(name, ())) for name in _LISTS})
    distress = data.get("distress_at")
    return Pacing(
        **fields,
        distress_at=None if distress is None else datetime.fromisoformat(distress),
        heavy_at=tuple(datetime.fromisoformat(moment) for moment in data.get("heavy_at", ())),
        answered={str(name): str(answer) for name, answer in data.get("answered", {}).items()},
        resting={str(name): datetime.fromisoformat(until) for name, until in data.get("resting", {}).items()},
        asked=None
        if asked is None
        else Asked(
            id=str(asked["id"]),
            key=str(asked["key"]),
            args={str(name): str(value) for name, value in asked.get("args", {}).items()},
            buttons=tuple(button_from_json(button) for button in asked.get("buttons", ())),
            shown=int(asked.get("shown", 1)),
        ),
    )
