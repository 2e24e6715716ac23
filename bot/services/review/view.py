"""Puts the review page together: wishes first, then what was observed with its evidence, by dimension and over weeks.

Only messages whose words are shown are opened, with the organisation's key and in memory. However many messages a case
has, a code shows its newest few, and the rest on a page of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.codes import MemberId, MessageId
from bot.domain.indicators import BROKEN_PROMISES, Catalogue
from bot.domain.observations import Observed, Standing, counted, in_force, standings
from bot.domain.review import Difference, Mark, Sheet
from bot.domain.timeline import Timeline, timeline
from bot.errors import CannotOpen
from bot.services.in_sight import HEAVY
from bot.services.ports import Carrier, Vault

SHOWN: Final = 3
"""Pieces of evidence of one code on the page."""
ALL_OF_ONE: Final = 60
"""The same on the page of that code."""

Row = tuple[MessageId, Observed, datetime]
"""An observation, which message it is about, and when."""


@dataclass(frozen=True)
class Quote:
    """A place where a message says so."""

    seq: int
    at: datetime
    text: str = field(repr=False)
    """The words that say so; the whole message where the press of a button does."""
    whole: str = field(repr=False)
    heavy: bool
    damaged: bool


@dataclass(frozen=True)
class Subject:
    """One thing that readers judge: a code of a message, or one of the catalogue."""

    name: str
    label: str
    """What a code of the catalogue means; empty for a code of a message."""
    dimension: str
    state: str
    phases: tuple[str, ...]
    may_choose_phase: bool
    phase: str
    """The phase of the row."""
    times: int
    quotes: tuple[Quote, ...]
    more: int
    """Pieces of evidence that are not shown here."""
    mine: Mark | None
    others: tuple[Mark | None, ...] = ()
    """What the first and the second reader said, once both are done."""


@dataclass(frozen=True)
class Progress:
    """How far the review is."""

    state: str
    """`none`, `reading`, `waits` for the other reader, `differ`, `closed`."""
    place: int | None
    """In which place this member reads or may read; None: two others do."""
    is_mine: bool
    is_done: bool
    """This member's sheet is done."""
    names: tuple[str, ...] = ()
    """Who reads, in their places."""
    differences: tuple[Difference, ...] = ()
    settled: tuple[tuple[Mark, str, str], ...] = ()
    """What was settled, by whom, and why."""


@dataclass(frozen=True)
class Material:
    """What a page is made of."""

    rows: Sequence[Row]
    carriers: Mapping[MessageId, Carrier]
    private: bytes = field(repr=False)
    """The conversation's key, opened for this page."""
    mine: Sheet
    others: tuple[Sheet, ...]


def carriers_wanted(rows: Sequence[Row], only: str = "") -> frozenset[MessageId]:
    """Name the messages to be fetched: the newest few of each subject, or more of one."""
    by_subject = _by_subject(rows)
    wanted = by_subject if not only else {only: by_subject.get(only, [])}
    most = ALL_OF_ONE if only else SHOWN
    return frozenset(message for found in wanted.values() for message, _, _ in found[-most:] if message)


async def show_subjects(vault: Vault, catalogue: Catalogue, material: Material) -> tuple[Subject, ...]:
    """Give every subject with its evidence, opened beside the loop."""
    return await asyncio.to_thread(_subjects, vault, catalogue, material)


def told_over_weeks(rows: Iterable[Row]) -> Timeline:
    """Count what was told by week; what reviewers wrote down is no telling."""
    return timeline((one.code, at) for _, one, at in rows if one.state in ("heard", "confirmed"))


def counted_in(rows: Sequence[Row]) -> tuple[str, ...]:
    """Give the codes of the catalogue that count now."""
    return counted([one for _, one, _ in rows])


def _by_subject(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in (row[1].code, *row[1].fine):
            found.setdefault(name, []).append(row)
    return found


def _subjects(vault: Vault, catalogue: Catalogue, material: Material) -> tuple[Subject, ...]:
    by_subject = _by_subject(material.rows)
    observed = [one for _, one, _ in material.rows]
    stands = {each.code: each for each in standings(observed)}
    fine = _fine_standings(in_force(observed))
    texts: dict[MessageId, str | None] = {}
    for message, carrier in material.carriers.items():
        texts[message] = _opened(vault, material.private, carrier)
    names = dict.fromkeys([*stands, *fine, *material.mine, *(each for sheet in material.others for each in sheet)])
    return tuple(
        _subject(catalogue, name, stands.get(name) or fine.get(name), by_subject.get(name, []), material, texts)
        for name in names
    )


def _fine_standings(kept: Sequence[Observed]) -> dict[str, Standing]:
    """Say of each code of the catalogue how it stands: the newest word counts."""
    found: dict[str, Standing] = {}
    for one in kept:
        for name in one.fine:
            before = found[name].times if name in found else 0
            phases = (one.phase,) if one.phase else ()
            found[name] = Standing(name, one.state, phases, (), before + 1)
    return found


def _subject(
    catalogue: Catalogue,
    name: str,
    stands: Standing | None,
    rows: Sequence[Row],
    material: Material,
    texts: Mapping[MessageId, str | None],
) -> Subject:
    row = catalogue.indicators.get(name)
    places = [each for each in rows if each[0] in material.carriers]
    quotes = tuple(_quote(each, material.carriers[each[0]], texts[each[0]]) for each in reversed(places))
    carried = [each for each in rows if each[0]]
    return Subject(
        name=name,
        label=row.label if row else "",
        dimension=row.dimension if row else "",
        state=stands.state if stands else "",
        phases=tuple(stands.phases) if stands else (),
        may_choose_phase=row is not None and row.dimension == BROKEN_PROMISES,
        phase=row.phase if row else "",
        times=stands.times if stands else 0,
        quotes=quotes[:ALL_OF_ONE],
        more=max(0, len(carried) - len(quotes)),
        mine=material.mine.get(name),
        others=tuple(sheet.get(name) for sheet in material.others),
    )


def _quote(row: Row, carrier: Carrier, text: str | None) -> Quote:
    _, one, _ = row
    begin, end = one.evidence or (None, None)
    heavy = one.code in HEAVY
    return Quote(carrier.seq, carrier.at, (text or "")[begin:end], text or "", heavy=heavy, damaged=text is None)


def _opened(vault: Vault, private: bytes, carrier: Carrier) -> str | None:
    """One message that cannot be opened must not hide the others."""
    try:
        return vault.open_with(private, carrier.sealed).decode()
    except (CannotOpen, UnicodeDecodeError):
        return None


def name_of(names: Mapping[MemberId, str], member: MemberId) -> str:
    """Give a reader's name; a member who left is a dash."""
    return names.get(member, "–")
