"""Whatever anybody does in whatever order: nothing leaves without the yes that names this receiver and these parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.codes import OrganisationId
from bot.domain.referral import (
    FACTS,
    LIVE,
    READS_ALL,
    READS_NEW,
    RECEIVED,
    REVIEWS,
    Course,
    Does,
    NotNow,
    State,
    covers,
    scope_of,
    step,
    taken_back,
)
from bot.domain.referral_form import FIELDS, PARTS, Form

NOON: Final = datetime(2030, 5, 1, 12, tzinfo=timezone.utc)
FULL: Final = Form({one.name: one.choices[:1] if one.many else (one.choices or ("x",))[0] for one in FIELDS})


@dataclass(frozen=True)
class Yes:
    organisation: str
    scope: str
    turn: int = 0
    at: datetime = NOON


class Referral(RuleBasedStateMachine):
    """A sender, a receiver, and a person who may answer or take back at any time; the services' order of things."""

    @initialize(
        what=st.sampled_from([FACTS, READS_NEW, READS_ALL, REVIEWS]),
        parts=st.sets(st.sampled_from(PARTS), min_size=1),
        receiver=st.sampled_from(["a", "b"]),
    )
    def begin(self, what: str, parts: set[int], receiver: str) -> None:
        it = tuple(sorted(parts)) if what == FACTS else ()
        self.course = Course(OrganisationId(receiver), what, it)  # type: ignore[arg-type]
        self.consents: list[Yes] = []
        self.left: list[tuple[str, Form]] = []
        self.left_when_revoked = -1

    def _of_receiver(self) -> list[Yes]:
        return [one for one in self.consents if one.organisation == self.course.receiver]

    def _step(self, does: Does, **more: object) -> bool:
        try:
            self.course = step(self.course, does, NOON, **more)  # type: ignore[arg-type]
        except NotNow:
            return False
        return True

    @rule(less=st.booleans())
    def the_person_says_yes(self, *, less: bool) -> None:
        parts = (1,) if less and 1 in self.course.parts else ()
        if self._step(Does.AGREE, parts=parts):
            self.consents.append(Yes(self.course.receiver, scope_of(self.course.what, self.course.parts)))

    @rule(scope=st.sampled_from(["passes_on:123", "lets_read_all:all", "counsellor_reads"]))
    def the_person_agrees_to_something_else(self, scope: str) -> None:
        self.consents.append(Yes("c", scope))

    @rule(does=st.sampled_from([Does.DECLINE, Does.NOT_NOW, Does.ASK, Does.ACCEPT, Does.CONTACT, Does.FINISH]))
    def somebody_does_something(self, does: Does) -> None:
        self._step(does)

    @rule()
    def the_receiver_refuses(self) -> None:
        self._step(Does.REFUSE, reason="no_place")

    @rule()
    def it_is_taken_back(self) -> None:
        if self._step(Does.REVOKE):
            self.consents.append(Yes(self.course.receiver, taken_back(self.course.what)))
            self.left_when_revoked = len(self.left)

    @rule()
    def the_sender_sends(self) -> None:
        if covers(self._of_receiver(), self.course) and self._step(Does.SEND):
            self.left.append((self.course.receiver, FULL.only(self.course.parts)))

    @invariant()
    def what_left_was_agreed_to_for_this_receiver(self) -> None:
        for receiver, form in self.left:
            agreed = [one.scope for one in self.consents if one.organisation == receiver]
            assert any(
                scope.startswith(("passes_on:", "lets_read")) and all(str(part) in scope for part in form.parts)
                for scope in agreed
            )

    @invariant()
    def it_leaves_once_and_never_after_it_was_taken_back(self) -> None:
        assert len(self.left) <= 1
        if self.left_when_revoked >= 0:
            assert len(self.left) == self.left_when_revoked
            assert self.course.state is State.REVOKED

    @invariant()
    def what_is_received_is_covered(self) -> None:
        if self.course.state in RECEIVED:
            assert covers(self._of_receiver(), self.course)
        assert not (self.course.state in LIVE and self.course.ended_at)


TestReferral = Referral.TestCase
