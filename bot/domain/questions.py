"""The bank of gentle questions (design/conversation.md, `gentle questions`; rules D1, P2, P4, P8, P10, C3).

Each is tied to what it could clear up and to a purpose that can be told. When one may be asked: `bot.domain.pacing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.domain.codes import INDICATOR_CODES, Act
from bot.domain.pacing_state import Heaviness, Pacing
from bot.domain.reply import Button, Say

SUBJECTS: Final = ("safety", "place", "contact", "wishes", "health", "work")
"""What a question is about, beside the topic that it is asked in."""
FOR_CHILDREN: Final = frozenset({"safety", "place", "wishes"})
"""All that a child is asked about (C3)."""
NOT_FOR: Final = ("child", "other")
"""Who may be spared a question: a writer under 18, and somebody who writes about another person."""
ALWAYS_OPEN: Final = "safety"
"""The one topic that nobody has to open (pacing invariant 5)."""
HOME: Final = "home"
TOPICS: Final = frozenset({*INDICATOR_CODES, ALWAYS_OPEN, HOME})
HEAVINESS: Final[tuple[Heaviness, ...]] = ("light", "medium", "heavy")

PREFIX: Final = "question:"
"""Begins the id by which pacing knows a question of the bank."""
ANSWER: Final = "answer_"
MOST_ANSWERS: Final = 3
SKIP: Final = Act("question_skip")
LATER: Final = Act("question_later")
NEVER: Final = Act("question_never")
PURPOSE: Final = Act("question_purpose")

YES: Final = "questions.yes"
NO: Final = "questions.no"
UNSURE: Final = "questions.unsure"

REST: Final = "rest"
"""What an answer leads to after which nothing more is asked in this session."""

WAYS_AROUND: Final = (
    Button(SKIP, "questions.skip"),
    Button(LATER, "questions.later"),
    Button(NEVER, "questions.never"),
    Button(PURPOSE, "questions.purpose"),
)
"""Below the answers of every question (P2, D1)."""
WARNING: Final = "questions.heavy"
"""Said before a heavy question (P10)."""


@dataclass(frozen=True)
class Question:
    """One question. `text`, `purpose` and `answers` are keys of the words files."""

    id: str
    topics: tuple[str, ...]
    """Asked only where the person opened one of them; the first is its own."""
    about: str
    clears_up: str
    """The code or the fact that an answer would tell: known already, it is not asked (P8)."""
    purpose: str
    heaviness: Heaviness
    not_for: frozenset[str]
    text: str
    answers: tuple[str, ...]
    leads_to: Mapping[str, str] = field(default_factory=dict)
    """Answers that ask for something, and what is said to them: a name of `bot.domain.leads`."""

    def lead(self, act: str) -> str:
        """Give what an answer leads to; empty where it is only heard."""
        place = act.removeprefix(ANSWER)
        is_answer = act != place and place.isdigit() and 0 < int(place) <= len(self.answers)
        return self.leads_to.get(self.answers[int(place) - 1], "") if is_answer else ""

    def say(self) -> Say:
        """Put the question with its answers and the ways around it."""
        answers = (Button(Act(f"{ANSWER}{place}"), label) for place, label in enumerate(self.answers, 1))
        return Say(self.text, buttons=(*answers, *WAYS_AROUND))


@dataclass(frozen=True)
class Bank:
    """Every question, in the order of the file: of two that fit, the first is asked first."""

    questions: tuple[Question, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Bank:
        """Read the rows of `flows/questions.yml`; a row that is not as it should be raises ValueError."""
        return cls(tuple(_question(row) for row in rows))

    def get(self, known: str) -> Question | None:
        """Give the question by the id that pacing keeps, None when it is not of the bank or no longer there."""
        return next((one for one in self.questions if PREFIX + one.id == known), None)

    def fitting(self, known: Collection[str], pacing: Pacing, spared: Collection[str]) -> list[Question]:
        """Give what was not told or answered yet, for this writer; `spared` names who they are.

        Nobody is asked what they told, nor a second question about a fact that an answer told (P8).
        """
        told = {one.clears_up for one in self.questions if PREFIX + one.id in pacing.answered}
        return [
            one
            for one in self.questions
            if one.clears_up not in known and one.clears_up not in told and not one.not_for & set(spared)
        ]


def answer_act(labels: Iterable[str], wanted: str) -> Act | None:
    """Give the act of the answer with this label, None where the question has no such answer."""
    return next((Act(f"{ANSWER}{place}") for place, label in enumerate(labels, 1) if label == wanted), None)


def _question(row: Mapping[str, Any]) -> Question:
    try:
        made = Question(
            id=str(row["id"]),
            topics=tuple(str(topic) for topic in row["topics"]),
            about=str(row["about"]),
            clears_up=str(row["clears_up"]),
            purpose=str(row["purpose"]),
            heaviness=row["heaviness"],
            not_for=frozenset(str(who) for who in row.get("not_for", ())),
            text=str(row["text"]),
            answers=tuple(str(label) for label in row["answers"]),
            leads_to={str(label): str(lead) for label, lead in row.get("leads_to", {}).items()},
        )
    except KeyError as missing:
        raise ValueError(f"question {row.get('id', '?')!r} has no {missing.args[0]!r}") from None
    if made.heaviness not in HEAVINESS or not made.topics or not 0 < len(made.answers) <= MOST_ANSWERS:
        raise ValueError(f"question {made.id!r} is not as it should be; `saphan check` says what is wrong")
    return made
