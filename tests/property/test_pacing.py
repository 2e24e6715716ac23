"""The ten invariants of *Pacing* (design/conversation.md), whatever the person does, in any order and after any gap.

P1-P4, P7, P8, P10, P11, S1, S2, S14, C1: a witness that knows nothing of the code holds them against each conversation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import escape
from bot.domain.codes import INDICATOR_CODES, Act
from tests.support.pure_talk import ROOT, Move, PureTalk
from tests.support.witness import CODES_OF_DISTRESS, WAYS, Witness

GAPS: Final = (
    *[timedelta(seconds=20)] * 56,
    timedelta(0),
    timedelta(minutes=10),
    timedelta(minutes=61),
    timedelta(hours=7),
    timedelta(hours=25),
    timedelta(days=8),
    timedelta(days=36),
    -timedelta(hours=1),
)
SMALL_WORDS: Final = (
    *("yes", "no", "not_sure", "skip", "not_talk", "later", "thanks", "greet"),
    *("ask_wages", "ask_papers", "ask_home", "insult", "testing", "about_who", "off_topic"),
)
QUIET_CODES: Final = tuple(code for code in INDICATOR_CODES if code not in {*CODES_OF_DISTRESS, "child"})
FEW_THINGS: Final = ("withheld_wages", "document_retention", "threats", "debt_bondage")
URGENT: Final = ("danger_now", "self_harm", "medical", "child_at_risk")
STEPS: Final = 100
EXAMPLES: Final = max(1_000, settings.default.max_examples if settings.default else 0)


@cache
def asks() -> Callable[[str], bool]:
    """Tell which sentences ask: the English files say it, and `saphan check` keeps the others alike."""
    pattern = re.compile(r"^([\w-]+) = .*\n    \.asks = (yes|no)$", re.MULTILINE)
    asking = {
        f"{path.stem}.{key}": asked == "yes"
        for path in (ROOT / "flows" / "words" / "en").glob("*.ftl")
        for key, asked in pattern.findall(path.read_text(encoding="utf-8"))
    }
    return asking.__getitem__


def move_of(number: int, buttons: tuple[str, ...], codes_told: tuple[str, ...] | None = None) -> Move:
    """Turn one number into a move: mostly telling and answering, sometimes anything else."""
    kind, rest = number % 20, number // 20
    gap = GAPS[rest % len(GAPS)]
    choice = rest // len(GAPS)
    if kind < 6:
        told = (codes_told or QUIET_CODES) if choice % 9 else INDICATOR_CODES
        codes = (told[choice // 9 % len(told)], told[choice // 99 % len(told)])
        return Move(gap, ("tell",), codes[: 1 + choice % 2])
    if kind < 15 and buttons:
        return Move(gap, pressed=buttons[choice % len(buttons)])
    others = (
        Move(gap, ("tell",)),
        Move(gap, (SMALL_WORDS[choice % len(SMALL_WORDS)],)),
        Move(gap, pressed=WAYS[choice % len(WAYS)]),
        Move(gap, stale=True),
        Move(gap, ("tell",), urgency=URGENT[choice % 4]) if choice % 5 == 0 else Move(gap, ("yes",)),
        Move(gap, ("tell",), maybe="danger_now") if choice % 3 == 0 else Move(gap, ("no",)),
        Move(gap, started=True) if choice % 3 == 0 else Move(gap, ("tell",), ("child",) * (choice % 7 == 0)),
    )
    return others[(choice // 7) % len(others)]


def play(numbers: list[int]) -> tuple[PureTalk, Witness]:
    """Play a conversation before the witness: of somebody new, or of a grown-up who comes back to a few things."""
    talk, witness = PureTalk(), Witness(asks())
    few = bool(numbers) and numbers[0] % 2 == 1
    if few:
        talk.age, talk.remember_days, talk.opened = "adult", 30, True
    for number in numbers:
        witness.sees(talk.does(move_of(number, talk.buttons, FEW_THINGS if few else QUIET_CODES)))
    return talk, witness


conversations = st.lists(st.integers(0, 2**31), min_size=STEPS, max_size=STEPS)


@given(conversations)
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_conversation_breaks_the_pace(numbers: list[int]) -> None:
    """P1, P2, P3, P4, P7, P8, P10, P11, S1, S14: the invariants 1, 2, 4, 5, 7, 8, 9 and 10, seen from outside."""
    play(numbers)


@given(st.lists(st.integers(0, 2**31), max_size=40))
@settings(max_examples=100, deadline=None)
def test_the_ways_out_work_from_every_state(numbers: list[int]) -> None:
    """S2, T7, invariant 3: each way out is answered at once, without the engine, wherever the talk stands."""
    talk, _ = play(numbers)
    for way in WAYS:
        reply = escape.answer(Act(way), talk.case(Move(timedelta(seconds=20), pressed=way)))
        assert reply is not None
        assert reply.say


def test_the_conversations_hold_everything_that_is_promised_about() -> None:
    """The property means something: over a few conversations every kind of question is asked, light to heavy."""
    seen: set[str] = set()
    for seed in range(60):
        numbers = [hash((seed, step)) % 2**31 for step in range(STEPS)]
        _, witness = play(numbers)
        seen |= {name.partition(":")[0] for name in witness.counts}
        seen |= {"heavy"} if witness.heavy else set()
    assert seen >= {"question", "mirror", "age", "remember", "person", "information", "heavy"}
