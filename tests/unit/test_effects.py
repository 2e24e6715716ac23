"""What a turn may change, and what only a button may (design/architecture.md, *One message, end to end*, 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.domain import effects as kinds
from bot.domain.codes import Act
from bot.domain.ownership import Ownership, State
from bot.domain.reply import Effect
from bot.services.effects import CONSENT_TO_READ, apply_effects, leave_offer
from bot.services.records import Conversation
from tests.support.conversations import a_conversation

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def in_state(state: State) -> Conversation:
    return replace(a_conversation(NOW), own=Ownership(state, NOW, counsellor=None))


@pytest.mark.parametrize("pressed", [None, Act("yes"), Act("person"), Act("safe_yes")])
@pytest.mark.parametrize("kind", [kinds.QUEUE, kinds.ERASE])
def test_nothing_is_given_away_without_its_own_button(kind: str, pressed: Act | None) -> None:
    before = in_state(State.OFFERED)
    changed = apply_effects(before, [Effect(kind)], pressed, NOW)
    assert changed.refused == (kind,)
    assert changed.conversation == before
    assert changed.consent is None
    assert not changed.erased


def test_the_consent_button_queues_and_is_a_consent() -> None:
    changed = apply_effects(in_state(State.OFFERED), [Effect(kinds.QUEUE)], Act("handoff_yes"), NOW)
    assert changed.conversation.own.state is State.QUEUED
    assert changed.consent == CONSENT_TO_READ
    assert changed.conversation.level == "P3"
    assert [kind for kind, _ in changed.alerts] == ["waiting"]


def test_an_unknown_effect_changes_nothing() -> None:
    changed = apply_effects(in_state(State.BOT), [Effect("become_admin")], None, NOW)
    assert changed.refused == ("become_admin",)


def test_an_effect_that_crossed_with_a_claim_is_refused_not_raised() -> None:
    held = replace(in_state(State.HELD), own=Ownership(State.HELD, NOW, counsellor="ann"))  # type: ignore[arg-type]
    changed = apply_effects(held, [Effect(kinds.OFFER_HANDOFF)], None, NOW)
    assert changed.refused == (kinds.OFFER_HANDOFF,)
    assert changed.conversation.own == held.own


def test_danger_said_is_p0_and_calls_staff_every_time() -> None:
    once = apply_effects(in_state(State.BOT), [Effect(kinds.RAISE_DANGER)], None, NOW)
    twice = apply_effects(once.conversation, [Effect(kinds.RAISE_DANGER)], None, NOW)
    assert once.conversation.level == twice.conversation.level == "P0"
    assert once.alerts == twice.alerts == (("danger", "P0"),)


@pytest.mark.parametrize("state", [State.OFFERED, State.CLOSED])
def test_any_other_message_brings_them_back_to_the_program(state: State) -> None:
    assert leave_offer(in_state(state), [], NOW).own.state is State.BOT


def test_a_yes_that_was_typed_keeps_the_offer_open() -> None:
    kept = leave_offer(in_state(State.OFFERED), [Effect(kinds.OFFER_HANDOFF)], NOW)
    assert kept.own.state is State.OFFERED
