"""Every figure of one reader: over all messages, by language, by kind of writing, by code. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, UNDETERMINED, URGENCIES
from bot.evaluation.arithmetic import Counts, Estimate, compare, macro_f1, micro_f1, percentile, share
from bot.evaluation.messages import Labelled
from bot.evaluation.readings import Read

LONGEST_MESSAGE: Final = 300
"""Code points up to which a message counts as an ordinary one; the longest that a messenger sends is timed apart."""
STEPS: Final = tuple(step / 50 for step in range(1, 50))
BINS: Final = 10

Row = tuple[Labelled, Read, str]
"""A message, its reading, its scenario."""


@dataclass(frozen=True)
class Slice:
    """The figures of some messages; by name, in the order in which tables show them."""

    messages: int
    figures: Mapping[str, Estimate]


@dataclass(frozen=True)
class Figures:
    """The figures of one reader."""

    name: str
    everything: Slice
    by_language: Mapping[str, Slice]
    by_kind: Mapping[str, Slice]
    by_code: Mapping[str, Mapping[str, Estimate]]
    by_code_and_language: Mapping[str, Mapping[str, Counts]]
    by_urgency: Mapping[str, Mapping[str, Estimate]]
    languages: Mapping[str, Mapping[str, int]]
    """How often each language (outer) was named as each (inner)."""
    curve: Sequence[tuple[float, float, float]] = ()
    """Threshold, precision, recall: one threshold for all codes, which is not how the reader decides."""
    calibration: Sequence[tuple[float, float, int]] = ()
    """Mean probability, share that is true, number: by tenths of probability."""
    has_all_scores: bool = False
    milliseconds: Mapping[str, float | None] = field(default_factory=dict)
    training_seconds: float | None = None
    size: int = 0


F1: Final = "codes F1"
PRECISION: Final = "codes precision"
RECALL: Final = "codes recall"
SOME_RECALL: Final = "some code said, recall"
SOME_PRECISION: Final = "some code said, precision"
LANGUAGE: Final = "language right"
URGENT: Final = "urgency recall"
URGENT_KIND: Final = "urgency of the right kind"
ALARMS: Final = "urgency, false alarms"
MAYBE: Final = "urgency_maybe recall"
MAYBE_ALARMS: Final = "urgency_maybe, false alarms"
INTENTS: Final = "intents macro-F1"
QUIET: Final = "told without a sign, no code"
NOTHING: Final = "nothing to say, no code"
EVIDENCE: Final = "evidence overlaps"


def measure(
    name: str, messages: Sequence[Labelled], readings: Sequence[Read], scenarios: Sequence[str], *, all_scores: bool
) -> Figures:
    """Give every figure of one reader."""
    rows = list(zip(messages, readings, scenarios, strict=True))
    kinds = [kind for kind, _ in Counter(message.kind for message in messages).most_common()]
    curve, calibration = curve_of(rows), calibration_of(rows)
    return Figures(
        name=name,
        everything=slice_of(rows),
        by_language={code: slice_of(part) for code in LANGUAGES if (part := _where(rows, language=code))},
        by_kind={kind: slice_of(_where(rows, kind=kind)) for kind in kinds},
        by_code={code: _code(rows, code) for code in INDICATOR_CODES},
        by_code_and_language={
            code: {language: _counts(_where(rows, language=language), code) for language in LANGUAGES}
            for code in INDICATOR_CODES
        },
        by_urgency={urgency: _urgency(rows, urgency) for urgency in URGENCIES if urgency != "none"},
        languages=_confusion(rows),
        curve=curve,
        calibration=calibration,
        has_all_scores=all_scores,
        milliseconds=_milliseconds(rows),
    )


def slice_of(rows: Sequence[Row]) -> Slice:
    """Give the figures of some messages; what the reader does not try to say has no figure."""
    figures: dict[str, Estimate] = {}
    if rows and rows[0][1].codes is not None:
        figures |= _codes(rows)
    if rows and rows[0][1].language is not None:
        figures[LANGUAGE] = share(read.language == message.language for message, read, _ in rows)
    if rows and rows[0][1].urgency is not None:
        figures |= _urgencies(rows)
    if rows and rows[0][1].intent is not None:
        said, true = [read.intent for _, read, _ in rows], [message.intent for message, _, _ in rows]
        figures[INTENTS] = macro_f1(said, true, [scenario for *_, scenario in rows])
    return Slice(len(rows), figures)


def _codes(rows: Sequence[Row]) -> dict[str, Estimate]:
    counts = [compare(_said(read), message.codes) for message, read, _ in rows]
    scenarios = [scenario for *_, scenario in rows]
    told = [(bool(message.codes), bool(_said(read))) for message, read, _ in rows]
    spans = [
        _overlap(read.evidence[code], (start, end))
        for message, read, _ in rows
        for code, start, end in message.evidence
        if code in read.evidence
    ]
    return {
        F1: micro_f1(counts, scenarios),
        PRECISION: share(_flags(counts, "right", "wrong")),
        RECALL: share(_flags(counts, "right", "missed")),
        SOME_RECALL: share(said for true, said in told if true),
        SOME_PRECISION: share(true for true, said in told if said),
        QUIET: share(not _said(read) for message, read, _ in rows if message.is_quiet),
        NOTHING: share(not said for true, said in told if not true),
        EVIDENCE: share(spans),
    }


def _urgencies(rows: Sequence[Row]) -> dict[str, Estimate]:
    urgent = [(message, read) for message, read, _ in rows if message.is_urgent]
    calm = [read for message, read, _ in rows if not message.is_urgent]
    return {
        URGENT: share(read.urgency != "none" for _, read in urgent),
        URGENT_KIND: share(read.urgency == message.urgency for message, read in urgent),
        ALARMS: share(read.urgency != "none" for read in calm),
        MAYBE: share(read.urgency_maybe != "none" for _, read in urgent),
        MAYBE_ALARMS: share(read.urgency_maybe != "none" for read in calm),
    }


def curve_of(rows: Sequence[Row]) -> list[tuple[float, float, float]]:
    """Give precision and recall over all codes at one threshold for all, for each step."""
    scored = _scored(rows)
    true_ones = sum(len(message.codes) for message, read, _ in rows if read.codes is not None)
    curve = []
    for step in STEPS:
        said = [true for score, true in scored if score >= step]
        if said and true_ones:
            curve.append((step, sum(said) / len(said), sum(said) / true_ones))
    return curve


def calibration_of(rows: Sequence[Row]) -> list[tuple[float, float, int]]:
    """Give for each tenth of probability what was promised and what was true."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, true in _scored(rows):
        bins[min(int(score * BINS), BINS - 1)].append((score, true))
    return [
        (sum(score for score, _ in one) / len(one), sum(true for _, true in one) / len(one), len(one))
        for one in bins
        if one
    ]


def _code(rows: Sequence[Row], code: str) -> dict[str, Estimate]:
    if rows and rows[0][1].codes is None:
        return {}
    one = frozenset({code})
    counts = [compare(_said(read) & one, message.codes & one) for message, read, _ in rows]
    return {
        F1: micro_f1(counts, [scenario for *_, scenario in rows]),
        PRECISION: share(_flags(counts, "right", "wrong")),
        RECALL: share(_flags(counts, "right", "missed")),
    }


def _counts(rows: Sequence[Row], code: str) -> Counts:
    one = frozenset({code})
    return sum((compare(_said(read) & one, message.codes & one) for message, read, _ in rows), Counts())


def _urgency(rows: Sequence[Row], urgency: str) -> dict[str, Estimate]:
    some = [read for message, read, _ in rows if message.urgency == urgency]
    if some and some[0].urgency is None:
        return {}
    return {
        URGENT: share(read.urgency != "none" for read in some),
        URGENT_KIND: share(read.urgency == urgency for read in some),
        MAYBE: share(read.urgency_maybe != "none" for read in some),
    }


def _confusion(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    found = Counter((message.language, read.language or UNDETERMINED) for message, read, _ in rows)
    return {true: {said: found[true, said] for said in (*LANGUAGES, UNDETERMINED)} for true in LANGUAGES}


def _milliseconds(rows: Sequence[Row]) -> dict[str, float | None]:
    samples = [read.milliseconds for message, read, _ in rows if len(message.text) <= LONGEST_MESSAGE]
    return {"p50": percentile(samples, 0.5), "p99": percentile(samples, 0.99)}


def _scored(rows: Sequence[Row]) -> list[tuple[float, bool]]:
    return [
        (score, code in message.codes)
        for message, read, _ in rows
        for code, score in read.scores.items()
        if code in INDICATOR_CODES
    ]


def _flags(counts: Sequence[Counts], hit: str, miss: str) -> list[bool]:
    hits, misses = (sum(getattr(one, name) for one in counts) for name in (hit, miss))
    return [True] * hits + [False] * misses


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _said(read: Read) -> frozenset[str]:
    return read.codes or frozenset()


def _where(rows: Sequence[Row], **fields: str) -> list[Row]:
    return [row for row in rows if all(getattr(row[0], name) == value for name, value in fields.items())]
