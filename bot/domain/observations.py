"""What is known of each indicator and how far: heard, confirmed, denied, skipped, reviewed, rejected (reference, 1.6).

Observations are only ever added, never changed. What the program heard counts for nothing until the person confirms it
or reviewers agree; a skip is never a no, and a later answer to the same sentence takes the place of the earlier one, as
a later review takes the place of an earlier one of the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

State = Literal["heard", "confirmed", "denied", "skipped", "reviewed", "rejected"]
STATES: Final[tuple[State, ...]] = get_args(State)
Phase = Literal["now", "on_the_way"]
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)


@dataclass(frozen=True)
class Observed:
    """One observation: codes and places, no text."""

    code: str
    """The contract's code of a message, such as `document_retention`."""
    state: State
    phase: Phase | None = None
    """When it is or was; None as long as nobody said: then no code of the catalogue is set (reference, 1.4)."""
    fine: tuple[str, ...] = ()
    """Codes of the catalogue that this sets; only an answer to the mirror or a reviewer has any."""
    mirror: str = ""
    """Name of the sentence that was answered; empty for what was heard or reviewed."""
    evidence: tuple[int, int] | None = None
    """Where the message says so, in code points; None for a button."""
    confidence: float | None = None


@dataclass(frozen=True)
class Standing:
    """How one code stands, over all observations of it."""

    code: str
    state: State
    phases: tuple[Phase, ...]
    fine: tuple[str, ...]
    times: int
    """How many observations speak of it."""


def to_json(observed: Observed) -> dict[str, Any]:
    """Give the shape that is sealed."""
    return {
        "code": observed.code,
        "state": observed.state,
        "phase": observed.phase,
        "fine": list(observed.fine),
        "mirror": observed.mirror,
        "evidence": None if observed.evidence is None else list(observed.evidence),
        "confidence": observed.confidence,
    }


def from_json(data: dict[str, Any]) -> Observed:
    """Read the sealed shape, older rows without phase too; an unknown state or phase raises ValueError."""
    state, phase = data.get("state", "heard"), data.get("phase")
    if state not in STATES or phase not in (None, *PHASES):
        raise ValueError("an observation has an unknown state or phase")
    evidence, confidence = data.get("evidence"), data.get("confidence")
    return Observed(
        code=str(data["code"]),
        state=cast("State", state),
        phase=cast("Phase | None", phase),
        fine=tuple(str(code) for code in data.get("fine", ())),
        mirror=str(data.get("mirror", "")),
        evidence=None if evidence is None else (int(evidence[0]), int(evidence[1])),
        confidence=None if confidence is None else float(confidence),
    )


def in_force(observations: Sequence[Observed]) -> tuple[Observed, ...]:
    """Leave out what a later observation took back.

    A yes or no to a sentence gives way to a later one to the same; a review of a code to a later review of it. What was
    heard of a code before reviewers rejected it is gone; what is heard of it after that stands beside the rejection.
    """
    latest = {_subject(o): at for at, o in enumerate(observations) if _subject(o)}
    rejected = {o.code: at for at, o in enumerate(observations) if o.state == "rejected" and not o.fine}
    return tuple(
        o
        for at, o in enumerate(observations)
        if latest.get(_subject(o), at) == at and not (o.state == "heard" and at < rejected.get(o.code, -1))
    )


def counted(observations: Sequence[Observed]) -> tuple[str, ...]:
    """Give the codes of the catalogue that count: confirmed by the person, or reviewed, and known when.

    Nothing else ever does (reference, 1.4 and 1.6); what two readers rejected does not.
    """
    kept = in_force(observations)
    said = (o for o in kept if o.state in ("confirmed", "reviewed") and o.phase is not None)
    rejected = {code for o in kept if o.state == "rejected" for code in o.fine}
    return _each_once(code for o in said for code in o.fine if code not in rejected)


def standings(observations: Sequence[Observed]) -> tuple[Standing, ...]:
    """Say of each code how it stands, in the order in which the codes came up."""
    kept = in_force(observations)
    return tuple(_standing(code, [o for o in kept if o.code == code]) for code in _each_once(o.code for o in kept))


_STRENGTH: Final[tuple[State, ...]] = ("reviewed", "confirmed", "denied", "heard", "rejected", "skipped")
"""Which state a code is shown with when several apply; one denied sentence does not undo another that was confirmed."""


def _standing(code: str, of_it: Sequence[Observed]) -> Standing:
    state = min((o.state for o in of_it), key=_STRENGTH.index)
    said = [o for o in of_it if o.state in ("confirmed", "reviewed")]
    return Standing(
        code=code,
        state=state,
        phases=tuple(phase for phase in PHASES if any(o.phase == phase for o in said)),
        fine=_each_once(fine for o in said for fine in o.fine),
        times=len(of_it),
    )


def _subject(observed: Observed) -> tuple[str, ...]:
    """Name what an observation is the answer to: a sentence, or a review of a code; nothing for all others."""
    if observed.state in ("reviewed", "rejected"):
        return ("review", observed.code, *observed.fine)
    return ("mirror", observed.mirror) if observed.mirror and observed.state in ("confirmed", "denied") else ()


def _each_once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
