"""Makes a document of a referral: what was agreed, and who made it, when and for whom, on every page and in the audit.

For a legal case it leaves only because the person wished it, by the yes that is asked for the police, or on an order
that a lawyer of the hotline has reviewed, by a lead (D7).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.domain.referral import FACTS, LIVE, OPEN_TO_RECEIVER, State
from bot.domain.referral_form import BY_NAME, Form
from bot.domain.routing import LAW
from bot.services.door import Door, NotAllowed
from bot.services.ports import Documents, Printed, Referral, Row, Transaction
from bot.services.referral.answers import names_of
from bot.services.referral.door import as_receiver, as_sender
from bot.services.referral.drafts import audit, open_form
from bot.services.referral.inbox import Inbox
from bot.services.referral.paper import acknowledged, to_paper
from bot.services.referral.sharing import is_covered
from bot.services.sign_in import Session

RECEIVER: Final = "receiver"
PERSON: Final = "person"
ORDER: Final = "order"
PURPOSES: Final = (RECEIVER, PERSON, ORDER)
AGREED: Final = tuple(state for state in LIVE if state is not State.ASKED)
BLOCKS: Final = (
    *("header", "consent", "safety", "wishes", "duties", "person", "needs", "summary", "signs", "dependants"),
    *("documents", "place", "feared", "acknowledgement"),
)
_CODES: Final = {"parts": "portion", "not_agreed": "portion", "state": "referral"}

Code = Callable[[str, str], str]
"""Says a code of some kind in the language of the desk."""


@dataclass(frozen=True)
class Exported:
    """A document to be handed over."""

    name: str
    media: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Wording:
    """How the desk of this browser speaks: its language, a code's words, and two sentences."""

    language: str
    code: Code
    title: Callable[[str], str]
    note: str


class Exports:
    """Lets sender and receiver take a referral out."""

    def __init__(self, door: Door, inbox: Inbox, documents: Documents) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._inbox = inbox
        self._documents = documents

    async def of_sender(self, session: Session, referral: str, purpose: str, kind: str, wording: Wording) -> Exported:
        """Give what was agreed, to its sender. Raises NoSuchConversation or NotAllowed."""
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            found = await tx.conversations.get(it.conversation) if it.conversation else None
            if it.course.what != FACTS or it.course.state not in AGREED or found is None:
                raise NotAllowed("taken_back")
            if not await is_covered(tx, found, it.course, self._door.clock.now()):
                raise NotAllowed("taken_back")
            kind_of_receiver = await self._check(tx, session, it, purpose)
            names = await names_of(tx, (it.sender, it.receiver))
            form = (await open_form(self._door, tx, session, it)).only(it.course.parts)
            paper = to_paper(it, form, names[it.sender], names[it.receiver], kind_of_receiver)
            await audit(self._door, tx, session, it, "export", purpose=purpose, kind=kind)
        return await self._made(session, it, paper, purpose, kind, wording)

    async def of_receiver(self, session: Session, referral: str, kind: str, wording: Wording) -> Exported:
        """Give what came, to who accepted it. Raises NoSuchConversation or NotAllowed."""
        async with self._door.records.begin() as tx:
            it = await as_receiver(tx, session, referral, self._door.clock.now())
            if it.course.what != FACTS or it.course.state not in OPEN_TO_RECEIVER:
                raise NotAllowed("taken_back")
            paper = self._inbox.paper(session, it)
            await audit(self._door, tx, session, it, "export", purpose=RECEIVER, kind=kind)
        return await self._made(session, it, paper, RECEIVER, kind, wording)

    async def _check(self, tx: Transaction, session: Session, it: Referral, purpose: str) -> str:
        """D7: for a legal case by the person's own yes to the police, or by a reviewed order and a lead.

        Gives what the receiver is.
        """
        if purpose not in PURPOSES:
            raise NotAllowed("choice")
        if purpose == ORDER and not session.may("desk.lead"):
            raise NotAllowed("legal")
        partner = next((one for one in await tx.referrals.partners() if one.id == it.receiver), None)
        kind = "" if partner is None else partner.kind
        if purpose == PERSON and kind not in LAW:
            raise NotAllowed("legal")
        return kind

    async def _made(
        self, session: Session, it: Referral, paper: dict[str, Any], purpose: str, kind: str, wording: Wording
    ) -> Exported:
        at = self._door.clock.now()
        whom = str(paper["header"]["receiver"])
        export = {"at": at.isoformat(timespec="seconds"), "by": session.member.name, "for": whom, "purpose": purpose}
        paper = {**paper, "acknowledgement": acknowledged(it), "export": export}
        if kind == "json":
            content = json.dumps(paper, ensure_ascii=False, indent=2).encode()
            return Exported(f"{it.code}.json", "application/json", content)
        mark = f"{session.member.name} · {at:%Y-%m-%d %H:%M} UTC · {whom} · {wording.code('purpose_of', purpose)}"
        printed = Printed(
            wording.title(it.code), wording.language, printed_blocks(paper, wording.code), mark, wording.note
        )
        return Exported(f"{it.code}.pdf", "application/pdf", await self._documents.pdf(printed))


def printed_blocks(paper: Mapping[str, Any], code: Code) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Put a referral into words, block by block; what a person told stands as it was written."""
    found = []
    for block in BLOCKS:
        inside: Mapping[str, Any] = paper.get(block, {})
        rows = tuple(
            Row(code("field", f"{block}_{name}"), _say(block, name, value, code))
            for name, value in inside.items()
            if value not in ("", [], None) and name != "sentence"
        )
        if rows:
            found.append((code("block", block), rows))
    return tuple(found)


def _say(block: str, name: str, value: Any, code: Code) -> str:
    one = BY_NAME.get(f"{block}/{name}")
    kind = _CODES.get(name, "")
    if one is not None and one.by_program:
        kind = "indicator"
    elif one is not None and one.choices:
        kind = "help" if block == "wishes" and one.many else "choice"
    elif (block, name) == ("header", "language"):
        kind = "language"
    if name == "level":
        return f"{value} · {code('level', str(value))}"
    if name.endswith("_at") or name == "until":
        return f"{str(value)[:16].replace('T', ' ')} UTC"
    values = value if isinstance(value, list) else [value]
    return ", ".join(code(kind, str(each)) if kind else str(each) for each in values)


def example() -> dict[str, Any]:
    """Give an invented referral as it leaves; `docs/referral.example.json` is this."""
    form = Form(
        {
            "header/contact": "The hotline, day shift",
            "header/interpreter": "yes",
            "safety/may_contact": "by_us_only",
            "safety/channel": "this_chat",
            "safety/hours": "evening",
            "wishes/helps": ("shelter", "legal"),
            "wishes/where": "unsure",
            "duties/told": "yes",
            "person/name": "Dara (a name they chose)",
            "person/age": "adult",
            "needs/now": ("shelter", "food"),
            "signs/codes": ("document_retention",),
        }
    )
    paper: dict[str, Any] = {
        "version": "1",
        "header": {
            "code": "K7-4M2Q",
            "sender": "Bridge House",
            "receiver": "Harbour",
            "level": "P2",
            "language": "km",
            "made_at": "2030-05-01T12:00:00+00:00",
        },
        "consent": {
            "parts": [1, 2],
            "not_agreed": [3],
            "given_at": "2030-05-01T12:30:00+00:00",
            "until": "2030-07-30T12:30:00+00:00",
            "sentence": "referral.ask",
        },
    }
    for name, value in form.values.items():
        block, _, inside = name.partition("/")
        paper.setdefault(block, {})[inside] = list(value) if isinstance(value, tuple) else value
    export = {"at": "2030-05-01T13:00:00+00:00", "by": "Noor", "for": "Harbour", "purpose": RECEIVER}
    return {**paper, "acknowledgement": {"state": "sent"}, "export": export}
