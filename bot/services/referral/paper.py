"""What of a talk stands in a referral by itself, and how a referral looks as it leaves (docs/referral.schema.json)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.observations import standings
from bot.domain.referral_form import BY_NAME, PARTS, VERSION, Form, Value
from bot.domain.referral_talk import question
from bot.domain.routing import LAW
from bot.services.observe import opened
from bot.services.ports import Referral, Transaction, Vault
from bot.services.records import Conversation
from bot.services.talk import Talk

COUNTED = ("confirmed", "reviewed")
CHILD = "child"
_AGES = {"child": "under_18", "adult": "adult"}


def is_child(talk: Talk) -> bool:
    """Tell whether facts of this person are a child's: they said so, or a sign says so and they did not say other."""
    return talk.age == CHILD or (CHILD in talk.known and talk.age != "adult")


async def prefilled(tx: Transaction, vault: Vault, found: Conversation, talk: Talk) -> Form:
    """Fill in signs that the person or a reviewer confirmed; hours, age and country as the person said."""
    observed = [one for _, one in opened(vault, found.id, await tx.messages.observations(found.id))]
    values: dict[str, Value] = {
        "signs/codes": tuple(it.code for it in standings(observed) if it.state in COUNTED),
        "safety/hours": ", ".join(found.plan.parts),
        "person/age": _AGES.get(talk.age, ""),
        "person/languages": found.language,
        "place/country": talk.country,
    }
    return Form({name: value for name, value in values.items() if value})


def to_paper(it: Referral, form: Form, sender: str, receiver: str, kind: str) -> dict[str, Any]:
    """Give what leaves: the agreed parts of the form, from whom, for whom, of which kind, and on which yes."""
    course = it.course
    paper: dict[str, Any] = {
        "version": VERSION,
        "header": {
            "code": it.code,
            "sender": sender,
            "receiver": receiver,
            "level": it.level,
            "language": it.language,
            "made_at": _said(it.made_at),
        },
        "consent": {
            "parts": list(course.parts),
            "not_agreed": [part for part in PARTS if part not in course.parts],
            "given_at": _said(course.agreed_at),
            "until": _said(course.until),
            "sentence": question(is_law=kind in LAW),
        },
    }
    for name, value in form.values.items():
        block, _, inside = name.partition("/")
        paper.setdefault(block, {})[inside] = list(value) if isinstance(value, tuple) else value
    return paper


def form_of(paper: dict[str, Any]) -> Form:
    """Read the form out of what left."""
    found: dict[str, Value] = {}
    for name, one in BY_NAME.items():
        value = paper.get(one.block, {}).get(name.partition("/")[2])
        if value:
            found[name] = tuple(value) if isinstance(value, list) else str(value)
    return Form(found)


def acknowledged(it: Referral) -> dict[str, str]:
    """Give how it stands with the receiver."""
    course = it.course
    times = {"accepted_at": course.answered_at, "contacted_at": course.contacted_at, "ended_at": course.ended_at}
    return {"state": course.state.value, **{name: _said(at) for name, at in times.items() if at is not None}}


def _said(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
