"""Two readers judge what was observed, each by themselves; where they differ they settle it with a reason.

A reader judges codes, never a person: "the messages say this of the writer", yes, no, or it cannot be told. What came
out is written down as observations (`reviewed`, `rejected`), so that every rule that counts observations follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast, get_args

from bot.domain.agreement import Agreement, agreement
from bot.domain.codes import INDICATOR_CODES, MemberId
from bot.domain.indicators import BROKEN_PROMISES, Catalogue
from bot.domain.observations import PHASES, Observed, Phase, in_force

Verdict = Literal["yes", "no", "unclear"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
READERS: Final = 2


class NotAMark(ValueError):
    """A mark cannot be; the message is a code: `subject`, `verdict`, `phase`."""


@dataclass(frozen=True)
class Mark:
    """What one reader says of one subject: a code of a message, or one of the catalogue, which has a phase."""

    subject: str
    verdict: Verdict
    phase: Phase | None = None
    message: str = ""
    """The message that says so, where a reader named one."""


Sheet = Mapping[str, Mark]
"""What one reader said, by subject."""


@dataclass(frozen=True)
class Difference:
    """One subject on which the readers differ; None: this reader did not set it."""

    subject: str
    first: Mark | None
    second: Mark | None


@dataclass(frozen=True)
class Outcome:
    """What a review came to so far."""

    marks: tuple[Mark, ...]
    """On which both agree, or which was settled."""
    open: tuple[Difference, ...] = field(default=())
    """What still has to be settled."""


def make_mark(catalogue: Catalogue, subject: str, verdict: str, phase: str = "", message: str = "") -> Mark:
    """Make a mark, or raise NotAMark. A code of the catalogue is set with a phase, which has to be its own.

    A promise is made on the way and found broken later, so its rows take either (`bot.domain.indicators`).
    """
    row = catalogue.indicators.get(subject)
    if row is None and subject not in INDICATOR_CODES:
        raise NotAMark("subject")
    if verdict not in VERDICTS:
        raise NotAMark("verdict")
    when = cast("Phase | None", phase or None)
    if when not in (None, *PHASES) or (row is None) > (when is None):
        raise NotAMark("phase")
    if row is not None and verdict == "yes" and when != row.phase and row.dimension != BROKEN_PROMISES:
        raise NotAMark("phase")
    if row is not None and verdict == "yes" and when is None:
        raise NotAMark("phase")
    return Mark(subject, verdict, when if verdict == "yes" else None, message)


def subjects_of(observations: Sequence[Observed]) -> tuple[str, ...]:
    """Give what is put before every reader: each code that was heard or answered, and each fine code that was set.

    What was only left out is no statement, so there is nothing to judge.
    """
    said = [one for one in in_force(observations) if one.state in ("heard", "confirmed", "reviewed")]
    return tuple(dict.fromkeys([*(one.code for one in said), *(fine for one in said for fine in one.fine)]))


def unjudged(sheet: Sheet, subjects: Iterable[str]) -> tuple[str, ...]:
    """Name what a reader has not judged yet; a sheet with any of it is not done."""
    return tuple(subject for subject in subjects if subject not in sheet)


def differences(first: Sheet, second: Sheet) -> tuple[Difference, ...]:
    """Name the subjects on which two finished sheets differ: in verdict, in phase, or set by one reader only."""
    found = (Difference(each, first.get(each), second.get(each)) for each in _of_both(first, second))
    return tuple(each for each in found if not _is_same(each.first, each.second))


def outcome(first: Sheet, second: Sheet, settled: Iterable[Mark]) -> Outcome:
    """Put together what both said alike and what was settled; of two settlements the later counts."""
    by_subject = {mark.subject: mark for mark in settled}
    differ = differences(first, second)
    apart = {each.subject for each in differ}
    alike = [first.get(each) or second[each] for each in _of_both(first, second) if each not in apart]
    after = [by_subject[each.subject] for each in differ if each.subject in by_subject]
    return Outcome((*alike, *after), tuple(each for each in differ if each.subject not in by_subject))


def compared(first: Sheet, second: Sheet) -> tuple[tuple[str, str], ...]:
    """Pair what both readers said of each subject, for their agreement; what one did not set counts as their no.

    A phase is part of what is said: "now" against "on the way" is no agreement.
    """
    return tuple((_word(first.get(each)), _word(second.get(each))) for each in _of_both(first, second))


def agreement_of(sheets: Iterable[tuple[Sheet, Sheet]]) -> Agreement:
    """Give how far readers agree over many cases."""
    return agreement(pair for first, second in sheets for pair in compared(first, second))


def observed_from(catalogue: Catalogue, mark: Mark) -> Observed | None:
    """Turn what a review came to into an observation; None where it cannot be told: nothing changes then."""
    if mark.verdict == "unclear":
        return None
    state: Literal["reviewed", "rejected"] = "reviewed" if mark.verdict == "yes" else "rejected"
    row = catalogue.indicators.get(mark.subject)
    if row is None:
        return Observed(mark.subject, state)
    return Observed(row.heading, state, mark.phase, (mark.subject,))


def next_place(readers: Sequence[MemberId], member: MemberId) -> int | None:
    """Give the place (1 or 2) in which a member reads, or may begin to; None: two others read already."""
    if member in readers:
        return readers.index(member) + 1
    return len(readers) + 1 if len(readers) < READERS else None


def sheet_to_json(sheet: Sheet) -> list[dict[str, Any]]:
    """Give the shape that is sealed."""
    return [vars(mark) for mark in sheet.values()]


def sheet_from_json(data: Iterable[Mapping[str, Any]]) -> dict[str, Mark]:
    """Read the sealed shape."""
    return {str(one["subject"]): Mark(**one) for one in data}


def _of_both(first: Sheet, second: Sheet) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))


def _is_same(one: Mark | None, other: Mark | None) -> bool:
    return _word(one) == _word(other)


def _word(mark: Mark | None) -> str:
    if mark is None:
        return "no"
    return f"{mark.verdict}:{mark.phase}" if mark.phase else mark.verdict
