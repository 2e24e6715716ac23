"""Figures of the work, by month and language, in steps of five (`bot.domain.figures` says why)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.codes import LANGUAGES, LEVELS
from bot.domain.figures import Table, after, begin_of, ended_months, published, quantile, step_of
from bot.domain.referral import State as ReferralState
from bot.services.home import only_home
from bot.services.ports import Clock, Records
from bot.services.ports.figure_rows import Counts
from bot.services.sign_in import Session

HANDOFF: Final = ("none", "offered", "accepted")
PROMISE: Final = ("kept", "broken", "cancelled")
ALERT: Final = ("answered", "missed")
STATES: Final = tuple(state.value for state in ReferralState)
SHARES: Final = {"half": 0.5, "most": 0.9}


@dataclass(frozen=True)
class FigureTable:
    """One table: what it counts, and the step that each row reached."""

    name: str
    kind: str
    """Kind of the codes that its rows are named by."""
    rows: Table | None
    """None: kept back, for with the other tables it would give a small number away."""


@dataclass(frozen=True)
class FigureBook:
    """What is shown of a month."""

    months: Sequence[str]
    month: str
    language: str
    """Empty: all languages."""
    tables: Sequence[FigureTable]
    waits: Mapping[str, int | None]
    """Within how many minutes half, and nine of ten, had an answer; None: too few. 0: more than two days."""


class Figures:
    """Shows what was counted."""

    def __init__(self, records: Records, clock: Clock) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock

    async def look(self, session: Session, month: str = "", language: str = "") -> FigureBook:
        """Give the figures of a month that has ended, of one language or of all. Raises Refused: `role`.

        What is none of the months is the newest, what is no language is all of them.
        """
        now = self._clock.now()
        months = ended_months(now)
        month = month if month in months else months[0]
        language = language if language in LANGUAGES else ""
        async with self._records.look() as tx:
            await only_home(tx, session, "figures.see")
            counts = await tx.figures.closed(month)
        if not counts:
            counts = await self._close(month, begin_of(month, now))
        tables = of_language(counts, language) if language else of_all(counts)
        waits = _waits(counts, language)
        return FigureBook(
            months=months,
            month=month,
            language=language,
            tables=tables,
            waits={name: quantile(waits, share) for name, share in SHARES.items()},
        )

    async def _close(self, month: str, begin: datetime) -> Counts:
        """Count a month, once: two looks at a number that moved would tell of who moved it."""
        async with self._records.begin() as tx:
            counts = dict(await tx.figures.of_month(begin, after(begin)))
            passed_on = await tx.figures.referrals(begin, after(begin))
            counts.update({("", f"referral:{state}"): count for state, count in passed_on.items()})
            await tx.figures.close(month, counts)
            return await tx.figures.closed(month)


def of_all(counts: Counts) -> list[FigureTable]:
    """Give the tables of all languages together; those about the same conversations are held against each other."""
    by_language: dict[str, int] = {code: counts.get((code, "began"), 0) for code in LANGUAGES}
    whole = {"began": sum(by_language.values())}
    levels, handoff = _of(counts, "level", LEVELS), _of(counts, "handoff", HANDOFF)
    same = published([whole, by_language, handoff, levels])
    names = (("began", "counted"), ("language", "language"), ("handoff", "handed"), ("level", "level"))
    tables = [FigureTable(name, kind, rows) for (name, kind), rows in zip(names, same, strict=True)]
    return [*tables, *_apart(counts), FigureTable("referral", "referral", _steps(_of(counts, "referral", STATES)))]


def of_language(counts: Counts, language: str) -> list[FigureTable]:
    """Give the whole and the hand-overs of one language: as steps, they tell nothing of the languages beside it."""
    own = {key: count for key, count in counts.items() if key[0] == language}
    whole = {"began": own.get((language, "began"), 0)}
    same = published([whole, _of(own, "handoff", HANDOFF)])
    names = (("began", "counted"), ("handoff", "handed"))
    tables = [FigureTable(name, kind, rows) for (name, kind), rows in zip(names, same, strict=True)]
    kinds = {"handoff": HANDOFF, "promise": PROMISE, "alert": ALERT}
    fit = {kind for kind, rows in kinds.items() if _fit(counts, kind, rows)}
    return [it if it.name not in kinds or it.name in fit else replace(it, rows=None) for it in (*tables, *_apart(own))]


def _fit(counts: Counts, kind: str, names: Collection[str]) -> bool:
    """Tell whether the tables of the languages, held against the one of all, pin no row down."""
    for name in names:
        rows: dict[str, int] = {code: counts.get((code, f"{kind}:{name}"), 0) for code in LANGUAGES}
        if None in published([{name: sum(rows.values())}, rows]):
            return False
    return True


def _apart(counts: Counts) -> list[FigureTable]:
    return [
        FigureTable("promise", "promise", _steps(_of(counts, "promise", PROMISE))),
        FigureTable("alert", "alerted", _steps(_of(counts, "alert", ALERT))),
    ]


def _of(counts: Counts, kind: str, names: Collection[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (_, name), count in counts.items():
        found[name] += count
    return {name: found[f"{kind}:{name}"] for name in names}


def _steps(table: Table) -> Table:
    return {name: step_of(count) for name, count in table.items()}


def _waits(counts: Counts, language: str) -> Counter[int]:
    waits: Counter[int] = Counter()
    for (code, name), count in counts.items():
        if name.startswith("wait:") and (not language or code == language):
            waits[int(name.removeprefix("wait:"))] += count
    return waits
