"""A witness of conversations: holds the promises of *Pacing* against what was said, without asking the code under test.

It sees what a bystander would see: times, what the person did, and which sentences with which buttons were answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tests.support.pure_talk import BANK, Turn

DAY: Final = timedelta(hours=24)
SKIP_HOLDS: Final = timedelta(days=7)
RETURN: Final = timedelta(hours=6)
SESSION: Final = timedelta(minutes=60)
CODES_OF_DISTRESS: Final = frozenset({"violence", "sexual_exploitation"})
ACTS_OF_DISTRESS: Final = ("danger", "ground", "safety_unsure", "self_harm_now", "medical_now", "urgent")
TOPIC_OF_ASKING: Final = {"ask_wages": "withheld_wages", "ask_papers": "document_retention", "ask_home": "home"}
OFFERS: Final = {
    "child.age": "age",
    "weeks.remember": "remember",
    "listening.offer": "person",
    "listening.offer-information": "information",
}
QUESTIONS: Final = {question.text: question for question in BANK.questions}
AROUND: Final = {"question_skip", "question_later", "question_never", "question_purpose"}
LEAVING: Final = ("_leave", "_later", "_skip")
MOST_SHOWN: Final = 2
WAYS: Final = ("stop", "delete", "danger", "person", "language", "back", "more")


@dataclass
class Witness:
    """Sees a conversation turn by turn; raises AssertionError where a promise is broken."""

    asks: Callable[[str], bool]
    in_a_row: int = 0
    heavy: list[datetime] = field(default_factory=list)
    distress: datetime | None = None
    since_distress: int = 1_000
    open: str = ""
    """Name of the question of the bot's own accord that waits for an answer."""
    open_buttons: tuple[str, ...] = ()
    shown: int = 0
    told: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    left: dict[str, datetime] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    noes: set[str] = field(default_factory=set)
    """Of the questions of the safety path, those to which they said no in this talk."""
    last: str = ""
    """Key of the newest sentence with buttons."""

    def sees(self, turn: Turn) -> None:
        """Look at one turn."""
        self._hears(turn)
        names = [name for say in turn.reply.say if (name := name_of(say.key))]
        self._one_question(turn)
        self._calm_ending(turn)
        self._return(turn, names)
        self._no_ends_safety(turn)
        self._row(turn, names)
        for name in names:
            self._may_be_asked(turn, name)
        self._shows(turn, names)

    def _hears(self, turn: Turn) -> None:
        move, act = turn.move, turn.move.pressed or turn.intent
        if turn.intent == "stale":
            return
        calm_asked = any(one.startswith(ACTS_OF_DISTRESS) for one in (act, turn.intent))
        if move.urgency != "none" or move.maybe != "none" or set(move.heard) & CODES_OF_DISTRESS or calm_asked:
            self.distress, self.since_distress = turn.at, 0
        else:
            self.since_distress += 1
        self.told |= {*move.heard, *([TOPIC_OF_ASKING[turn.intent]] if turn.intent in TOPIC_OF_ASKING else [])}
        if self.open and (self.shown >= MOST_SHOWN or turn.intent not in ("please_press", "question_purpose")):
            self._closes(turn, act)

    def _closes(self, turn: Turn, act: str) -> None:
        """The open question was answered, refused, or left: without an answer it is not asked again for seven days."""
        name, self.open = self.open, ""
        if act == "question_never":
            self.refused.add(name)
        elif act.startswith("answer_") or (
            act in self.open_buttons and act not in AROUND and not act.endswith(LEAVING)
        ):
            self.answered.add(name)
        else:
            if turn.intent in ("tell", "not_sure") and name.startswith("question:") and not turn.move.pressed:
                self.answered.add(name)
                return
            self.left[name] = turn.at

    def _one_question(self, turn: Turn) -> None:
        """P1, invariant 1: at most one question in a turn, and it is the last thing said."""
        asking = [place for place, say in enumerate(turn.reply.say) if self.asks(say.key)]
        assert len(asking) <= 1, (turn.intent, [say.key for say in turn.reply.say])
        assert not asking or asking[0] == len(turn.reply.say) - 1, (turn.intent, [say.key for say in turn.reply.say])

    def _calm_ending(self, turn: Turn) -> None:
        """P11, invariant 9: something is always answered, and a question never stands without choices."""
        if not turn.reply.say:
            # The theme speaks while the screen is changed, and nothing else.
            assert {effect.kind for effect in turn.reply.effects} & {"cover", "takeover"}, turn.intent
            return
        last = turn.reply.say[-1]
        assert last.buttons or not self.asks(last.key), last.key

    def _return(self, turn: Turn, names: list[str]) -> None:
        """P7, S1, invariant 7: a return is welcomed and asked whether it is safe, and nothing else."""
        if turn.silent_for is None or turn.silent_for < RETURN or turn.intent in ("stale", "urgent"):
            return
        assert not names, names
        if turn.intent == "welcome_back":
            assert turn.reply.say[0].key in ("opening.practice", "opening.welcome-back")
            assert {"safe_yes", "safe_no", "danger"} <= {button.act for button in turn.reply.say[-1].buttons}

    def _no_ends_safety(self, turn: Turn) -> None:
        """Invariant 8: after their own no, what they said it to is not asked again in this talk."""
        gap = turn.silent_for or timedelta(0)
        if gap >= SESSION:
            self.noes.clear()
        if turn.intent not in ("stale", "please_press"):
            assert not self.noes & {say.key for say in turn.reply.say}, turn.intent
        if turn.intent == "safety_no":
            self.noes.add(self.last if self.last in ("safety.self-harm-ask", "safety.medical") else "safety.check")
        if turn.intent != "stale" and turn.reply.say:
            self.last = turn.reply.say[-1].key

    def _row(self, turn: Turn, names: list[str]) -> None:
        """P3, invariant 1: three questions of its own accord in a row, then a pause or a choice of theirs."""
        if turn.intent == "ask_me" or (turn.silent_for or timedelta(0)) >= SESSION:
            self.in_a_row = 0
        self.in_a_row = self.in_a_row + 1 if names else 0
        assert self.in_a_row <= 3, names

    def _may_be_asked(self, turn: Turn, name: str) -> None:
        factual = name.startswith(("question:", "mirror:")) or name == "age"
        if factual:
            # P2, P8, invariant 2.
            assert name not in self.answered, name
            assert name not in self.refused, name
            assert turn.at - self.left.get(name, turn.at - SKIP_HOLDS) >= SKIP_HOLDS, name
            # S14, invariant 4.
            assert self.since_distress > 4 or turn.intent == "ask_me", (name, self.since_distress)
        question = next((one for one in BANK.questions if f"question:{one.id}" == name), None)
        if question is not None:
            # P4, invariant 5; P8: what was told is not asked.
            assert {*self.told, "safety"} & set(question.topics), name
            assert question.clears_up not in self.told, name
        if (question is not None and question.heaviness != "light") or name.startswith("mirror:"):
            self._heavy(turn, name)
        if question is not None and question.heaviness == "heavy":
            assert "questions.heavy" in {say.key for say in turn.reply.say}, "P10: a heavy question is announced"

    def _heavy(self, turn: Turn, name: str) -> None:
        """Invariant 1: five medium or heavy ones in 24 hours, two in the 24 hours after distress."""
        self.heavy.append(turn.at)
        assert sum(1 for moment in self.heavy if turn.at - moment < DAY) <= 5, name
        if self.distress is not None and turn.at - self.distress < DAY:
            assert sum(1 for moment in self.heavy if moment >= self.distress) <= 2, name

    def _shows(self, turn: Turn, names: list[str]) -> None:
        """Invariant 10: the buttons of a question are shown twice at most; age is asked once, remembering twice."""
        if not turn.reply.say:
            return
        buttons = tuple(str(button.act) for button in turn.reply.say[-1].buttons)
        if names:
            self.open, self.open_buttons, self.shown = names[-1], buttons, 1
            self.counts[self.open] = self.counts.get(self.open, 0) + 1
            assert self.counts[self.open] <= MOST.get(self.open, 1_000), self.open
            return
        if self.open and buttons and buttons == self.open_buttons:
            self.shown += 1
            assert self.shown <= MOST_SHOWN, self.open


MOST: Final[Mapping[str, int]] = {"age": 1, "remember": 2}


def name_of(key: str) -> str:
    """Name the question that a sentence asks of the bot's own accord; nothing for any other sentence."""
    if key in QUESTIONS:
        return f"question:{QUESTIONS[key].id}"
    if key == "mirror.offer" or key.startswith("mirror.right-"):
        return f"mirror:{key.removeprefix('mirror.').removeprefix('right-')}"
    return OFFERS.get(key, "")
