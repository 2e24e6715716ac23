"""A conversation by the pure rules alone: what the app and the engine do around them, without either of the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

import yaml

from bot.domain import (
    about,
    child,
    escape,
    grounding,
    leads,
    listening,
    mirror,
    opening,
    options,
    remembering,
    safety,
    someone,
)
from bot.domain import effects as kinds
from bot.domain.case import Case, case_from_json
from bot.domain.codes import Act, Urgency
from bot.domain.handoff import wait
from bot.domain.pacing import to_json
from bot.domain.questions import Bank
from bot.domain.reply import Reply, Say
from bot.domain.turns import Rule, answer, choose_intent, hear_stale_press, please_press
from bot.services.ports import TurnAnswer
from tests.support.fakes import NOON

ROOT: Final = Path(__file__).resolve().parents[2]
BANK: Final = Bank.of(yaml.safe_load((ROOT / "flows" / "questions.yml").read_text(encoding="utf-8"))["questions"])
MIRRORED: Final = ("documents", "debt", "wages-held", "low-pay")
TALK_ENDS_AFTER: Final = timedelta(minutes=60)

RULES: Final[Mapping[str, Rule]] = {
    "start": lambda case, _: opening.welcome(case),
    "welcome_back": lambda case, _: opening.welcome_back(case),
    "safe_yes": lambda case, _: opening.answer_safe(case),
    "safe_no": lambda case, _: opening.answer_not_now(case),
    "tell": lambda case, _: listening.hear(case),
    "greet": lambda case, _: listening.greet(case),
    "thanks": lambda case, _: listening.hear_thanks(case),
    "yes": lambda case, _: listening.hear_yes(case),
    "no": lambda case, _: listening.let_rest(case),
    "later": lambda case, _: listening.let_rest(case),
    "question_later": lambda case, _: listening.let_rest(case),
    "skip": lambda case, _: listening.leave_out(case),
    "not_talk": lambda case, _: listening.leave_out(case),
    "question_skip": lambda case, _: listening.leave_out(case),
    "question_never": lambda case, _: listening.leave_out(case),
    "not_sure": lambda case, _: listening.hear_not_sure(case),
    "answer_1": lambda case, act: leads.hear_answer(case, act, BANK),
    "answer_2": lambda case, act: leads.hear_answer(case, act, BANK),
    "answer_3": lambda case, act: leads.hear_answer(case, act, BANK),
    "question_purpose": lambda case, _: listening.tell_purpose(case, BANK),
    "ask_me": lambda case, _: listening.ask_me(case),
    "please_press": lambda case, _: please_press(case),
    "testing": lambda case, _: listening.hear_test(case),
    "insult": lambda case, _: listening.hear_insult(case),
    "waiting": lambda case, _: wait(case),
    "urgent": lambda case, _: safety.urgent(case),
    "maybe_urgent": lambda case, _: safety.soft_check(case),
    "safety_no": lambda case, _: safety.declined(case),
    "safety_unsure": lambda case, _: safety.unsure(case),
    "child_sign": lambda case, _: child.begin(case),
    "age_adult": child.hear_age,
    "age_child": child.hear_age,
    "age_skip": child.hear_age,
    "mirror_yes": lambda case, _: mirror.begin(case),
    "mirror_later": lambda case, _: mirror.decline(case),
    **{str(act): mirror.hear for act in mirror.ANSWERS},
    "remember_30": remembering.answer,
    "remember_90": remembering.answer,
    "remember_no": remembering.answer,
    "ground": lambda case, _: grounding.offer(case),
    "ground_breath": grounding.begin,
    "ground_senses": grounding.begin,
    "ground_next": lambda case, _: grounding.go_on(case),
    "ground_enough": lambda case, _: grounding.end(case),
    "information": lambda case, _: about.information(case),
    "about_who": about.tell_about,
    "about_help": lambda case, _: options.offer(case),
    "ask_wages": options.tell,
    "ask_papers": options.tell,
    "ask_home": options.tell,
    "about_me": lambda case, _: someone.about_me(case),
}
"""One rule an intent, as `flows/rules` has them; an intent that is not here gets a plain sentence."""


def answer_at_its_pace(intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
    """Answer a turn as the engine does, with the real rules and their pace; for a `FakeEngine`."""
    made = case_from_json(dict(case), dict(dialogue))
    rule = RULES.get(intent, lambda _case, _intent: Reply((Say("listening.go-on"),)))
    reply = answer(made, intent, rule, BANK)
    said = [*dialogue.get("said", []), *(e.value for e in reply.effects if e.kind == kinds.REMEMBER)]
    effects = tuple(e for e in reply.effects if e.kind != kinds.REMEMBER)
    return TurnAnswer(Reply(reply.say, effects), {"said": said[-12:], "pacing": to_json(cast("Any", reply.pacing))})


@dataclass(frozen=True)
class Move:
    """What the person does in one turn, after how long."""

    gap: timedelta
    said: tuple[str, ...] = ()
    """Intents as read."""
    heard: tuple[str, ...] = ()
    pressed: str | None = None
    stale: bool = False
    started: bool = False
    urgency: str = "none"
    maybe: str = "none"


@dataclass(frozen=True)
class Turn:
    """One turn as a witness sees it."""

    at: datetime
    silent_for: timedelta | None
    move: Move
    intent: str
    reply: Reply


@dataclass
class PureTalk:
    """One person and the rules; keeps what the app would keep."""

    now: datetime = NOON
    turns: list[Turn] = field(default_factory=list)
    dialogue: dict[str, Any] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    last: datetime | None = None
    opened: bool = False
    told: int = 0
    state: str = "BOT"
    offered_at: datetime | None = None
    declined_at: datetime | None = None
    age: str = "unknown"
    remember_days: int | None = None
    remember_asked: int = 0

    @property
    def buttons(self) -> tuple[str, ...]:
        """The acts of the newest message's buttons."""
        last = next((turn.reply.say[-1] for turn in reversed(self.turns) if turn.reply.say), None)
        return () if last is None else tuple(str(button.act) for button in last.buttons)

    def does(self, move: Move) -> Turn:
        """Take one turn and keep what it changes."""
        self.now += move.gap
        case = self.case(move)
        silent = None if self.last is None else max(timedelta(0), self.now - self.last)
        intent, reply = self._answer(case, move)
        self._keep(case, reply)
        turn = Turn(self.now, silent, move, intent, reply)
        self.turns.append(turn)
        return turn

    def case(self, move: Move) -> Case:
        """Make the case as the app does."""
        silent = None if self.last is None else max(0, int((self.now - self.last).total_seconds()))
        same_talk = silent is not None and silent < TALK_ENDS_AFTER.total_seconds()
        return Case(
            now=self.now,
            language="en",
            opened=self.opened,
            practice=False,
            silent_for=silent,
            state=self.state,
            on_duty=True,
            offered_today=self.offered_at is not None and self.now - self.offered_at < timedelta(hours=24),
            pressed=None if move.pressed is None else Act(move.pressed),
            heard=tuple(sorted(move.heard)),
            known=tuple(sorted(self.known)),
            urgency=cast("Urgency", move.urgency),
            urgency_maybe=cast("Urgency", move.maybe),
            safety_declined=self.declined_at is not None and same_talk,
            wrote=bool(move.said) or bool(self.turns),
            told=self.told,
            dialogue=self.dialogue,
            age=self.age,
            mirrors=MIRRORED if self.known else (),
            remember_days=self.remember_days,
            remember_asked=self.remember_asked,
        )

    def _answer(self, case: Case, move: Move) -> tuple[str, Reply]:
        if move.stale:
            return "stale", hear_stale_press(case)
        act = move.pressed
        if act is not None and escape.is_way_out(Act(act)):
            found = escape.answer(Act(act), case)
            return act, answer(case, act, lambda _case, _intent: found or Reply(), Bank())
        intent = choose_intent(case, move.said, started=move.started)
        rule = RULES.get(intent, lambda _case, _intent: Reply((Say("listening.go-on"),)))
        return intent, answer(case, intent, rule, BANK)

    def _keep(self, case: Case, reply: Reply) -> None:
        self.last = self.now
        self.known |= set(case.heard)
        self.told += bool(case.heard)
        self.remember_asked += sum(say.key == remembering.ASK for say in reply.say)
        said = [*self.dialogue.get("said", []), *(e.value for e in reply.effects if e.kind == kinds.REMEMBER)]
        paced = {} if reply.pacing is None else {"pacing": to_json(reply.pacing)}
        self.dialogue = {**self.dialogue, "said": said[-12:], **paced}
        found = {effect.kind: effect.value for effect in reply.effects if kinds.is_allowed(effect, case.pressed)}
        if self.state == "OFFERED" and not {kinds.OFFER_HANDOFF, kinds.QUEUE} & set(found):
            self.state = "BOT"
        for kind, value in found.items():
            self._apply(kind, value)

    def _apply(self, kind: str, value: str) -> None:
        states = {
            kinds.OFFER_HANDOFF: "OFFERED",
            kinds.QUEUE: "QUEUED",
            kinds.CANCEL_HANDOFF: "BOT",
            kinds.DECLINE_HANDOFF: "BOT",
            kinds.BACK_TO_PROGRAM: "BOT",
        }
        self.state = states.get(kind, self.state)
        if kind in (kinds.OFFER_HANDOFF, kinds.DECLINE_HANDOFF):
            self.offered_at = self.now
        if kind == kinds.OPENED:
            self.opened = True
        if kind == kinds.SET_AGE:
            self.age = value
        if kind == kinds.DECLINE_SAFETY:
            self.declined_at = self.now
        if kind == kinds.REMEMBER_FOR:
            self.remember_days = int(value)
