"""What a press means: a way out names its act, whatever gives something away has an id of its own."""

from __future__ import annotations

import pytest

from bot.domain.codes import Act
from bot.domain.effects import BUTTONS_ONLY
from bot.domain.reply import Button, Say
from bot.services.talk import WAY_PREFIX, Talk

CONSENTS = sorted({act for acts in BUTTONS_ONLY.values() for act in acts})


def test_a_way_out_works_from_any_message() -> None:
    """H1, T5: it names its act."""
    assert Talk().act_of(f"{WAY_PREFIX}stop") == "stop"


@pytest.mark.parametrize("act", [*CONSENTS, "way_back", "second_word", "word_given", "word_wrong"])
def test_no_data_may_name_a_consent_or_a_secret_word(act: str) -> None:
    """A consent is given only by the button that carries its own one-time id."""
    assert Talk().act_of(f"{WAY_PREFIX}{act}") is None
    assert Talk(buttons={"id": act}).act_of("id") == act


def test_what_comes_from_elsewhere_takes_the_place_of_the_open_question() -> None:
    """P1: a yes that is typed after it is no answer to what was asked before a counsellor came and went."""
    stay = (Button(Act("handoff_stay"), "handoff.stay"),)
    asked = Talk().asked_by(Say("handoff.transfer", buttons=stay))
    assert asked.answers() == stay
    assert asked.asked_by(Say("handoff.returned")).answers() == ()
    assert asked.hints()["asked"] == "handoff.transfer"
