"""What is known of each indicator and how far: heard, confirmed, denied, skipped, reviewed (reference, 1.6).

Observations are only ever added, never changed. What the program heard counts for nothing until the person confirms it
or a reviewer agrees; a skip is never a no, and a later answer to the same sentence takes the place of the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

State = Literal["heard", "confirmed", "denied", "skipped", "reviewed"]
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
    """Leave out a yes or no that a later one to the same sentence took back; nothing else takes anything back."""
    latest = {o.mirror: at for at, o in enumerate(observations) if _answers(o)}
    return tuple(o for at, o in enumerate(observations) if not _answers(o) or latest[o.mirror] == at)


def counted(observations: Sequence[Observed]) -> tuple[str, ...]:
    """Give the codes of the catalogue that count: confirmed by the person, or reviewed, and known when.

    Nothing else ever does (reference, 1.4 and 1.6).
    """
    said = (o for o in in_force(observations) if o.state in ("confirmed", "reviewed") and o.phase is not None)
    return _each_once(code for o in said for code in o.fine)


def standings(observations: Sequence[Observed]) -> tuple[Standing, ...]:
    """Say of each code how it stands, in the order in which the codes came up."""
    kept = in_force(observations)
    return tuple(_standing(code, [o for o in kept if o.code == code]) for code in _each_once(o.code for o in kept))


_STRENGTH: Final[tuple[State, ...]] = ("reviewed", "confirmed", "denied", "heard", "skipped")
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


def _answers(observed: Observed) -> bool:
    return bool(observed.mirror) and observed.state in ("confirmed", "denied")


def _each_once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
