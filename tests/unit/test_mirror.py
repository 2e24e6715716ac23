"""The mirror: only after a yes, one right at a time, and only the press of that very button confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.content import load_catalogue
from bot.domain import mirror
from bot.domain.codes import INDICATOR_CODES, LANGUAGES, Act
from bot.domain.effects import OBSERVE, is_allowed
from bot.domain.indicators import MIRRORED
from bot.domain.observations import Observed
from bot.domain.pacing_state import Asked, Pacing, to_json
from bot.domain.reply import Effect
from bot.services.observe import answered_by
from bot.services.talk import Talk
from bot.words import read_drafts
from tests.support.cases import a_case
from tests.support.fakes import NOON

ROOT = Path(__file__).parents[2]
CATALOGUE = load_catalogue(ROOT)
AGREED = Pacing(answered={"mirror:offer": "mirror_yes"})
ASKED = replace(AGREED, asked=Asked("mirror:documents", "mirror.right-documents"))
OPEN = ("documents", "debt")


def dialogue(pacing: Pacing) -> dict[str, object]:
    return {"pacing": to_json(pacing)}


def test_nothing_is_mirrored_before_they_said_yes_to_the_offer() -> None:
    """P4, pacing invariant 5: first an offer, by button; then one sentence at a time."""
    before = a_case(mirrors=OPEN)
    assert mirror.candidates(before) == ("offer",)
    said = mirror.ask(before, "offer")
    assert (said.key, [button.act for button in said.buttons]) == ("mirror.offer", ["mirror_yes", "mirror_later"])
    assert mirror.candidates(a_case(mirrors=OPEN, dialogue=dialogue(AGREED))) == OPEN


def test_each_sentence_can_be_left_out() -> None:
    """P2: yes now, on the way, no, leave it."""
    said = mirror.ask(a_case(), "documents")
    assert said.key == "mirror.right-documents"
    assert not said.args
    assert [button.act for button in said.buttons] == ["mirror_now", "mirror_on_the_way", "mirror_no", "mirror_leave"]


def test_what_was_answered_refused_or_left_out_lately_is_not_asked_again() -> None:
    """P2, P8: a skip rests for seven days; an answer stands."""
    week = NOON + timedelta(days=7)
    for pace in (
        replace(AGREED, answered={**AGREED.answered, "mirror:documents": "mirror_no"}),
        replace(AGREED, closed=("mirror:documents",)),
        replace(AGREED, resting={"mirror:documents": week}),
    ):
        assert mirror.candidates(a_case(mirrors=OPEN, dialogue=dialogue(pace))) == ("debt",)
    rested = replace(AGREED, resting={"mirror:documents": NOON})
    assert mirror.candidates(a_case(mirrors=OPEN, dialogue=dialogue(rested))) == OPEN
    later = Pacing(resting={"mirror:offer": week})
    assert mirror.candidates(a_case(mirrors=OPEN, dialogue=dialogue(later))) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"mirrors": ()},
        {"heard": ("child",)},
        {"known": ("child",)},
        {"age": "child"},
        {"about": "other"},
        {"state": "QUEUED"},
        {"state": "RESERVED"},
        {"state": "HELD"},
        {"state": "TRANSFERRING"},
    ],
)
def test_nothing_is_mirrored_to_a_child_for_another_or_while_somebody_waits(changed: dict[str, object]) -> None:
    """C3: a child is asked about safety, place and wishes only. In the queue there are no questions."""
    case = a_case(**{"mirrors": OPEN, "dialogue": dialogue(AGREED), **changed})
    assert mirror.candidates(case) == ()


@pytest.mark.parametrize(
    ("act", "answer", "key"),
    [
        ("mirror_now", "now", "mirror.heard-yes"),
        ("mirror_on_the_way", "on_the_way", "mirror.heard-yes"),
        ("mirror_no", "no", "mirror.heard-no"),
        ("mirror_leave", "leave", "mirror.left"),
    ],
)
def test_an_answer_is_taken_without_a_word_of_what_it_means(act: str, answer: str, key: str) -> None:
    """L12: no label, no score, no verdict."""
    reply = mirror.hear(a_case(mirrors=OPEN, pressed=Act(act), dialogue=dialogue(ASKED)), act)
    assert [say.key for say in reply.say] == [key]
    assert reply.effects == (Effect(OBSERVE, f"documents:{answer}"),)
    assert "mirror" in reply.room
    assert "question" not in reply.room


def test_the_last_answer_ends_on_a_calm_line_and_their_choice() -> None:
    """P11, pacing invariant 9."""
    reply = mirror.hear(a_case(mirrors=("documents",), dialogue=dialogue(ASKED)), "mirror_no")
    assert [say.key for say in reply.say] == ["mirror.heard-no", "mirror.done"]


def test_an_answer_to_no_sentence_changes_nothing() -> None:
    for pace in (
        Pacing(),
        replace(AGREED, asked=Asked("age", "child.age")),
        replace(AGREED, asked=Asked("mirror:offer", "")),
    ):
        assert mirror.hear(a_case(dialogue=dialogue(pace)), "mirror_now").effects == ()


@pytest.mark.parametrize("pressed", [None, Act("handoff_yes"), Act("mirror_yes")])
def test_no_other_input_than_its_own_button_observes(pressed: Act | None) -> None:
    """Design, *Consents, buttons, memory*: a typed yes confirms nothing."""
    assert not is_allowed(Effect(OBSERVE, "documents:now"), pressed)
    assert is_allowed(Effect(OBSERVE, "documents:now"), Act("mirror_now"))
    assert answered_by(CATALOGUE, Talk(dialogue=dialogue(ASKED)), pressed, [Effect(OBSERVE, "documents:now")]) == []


@pytest.mark.parametrize("value", ["debt:now", "documents:no", "documents:on_the_way", "offer:now", "documents", ""])
def test_an_effect_that_names_another_sentence_or_answer_than_the_button_is_left_out(value: str) -> None:
    talk = Talk(dialogue=dialogue(ASKED))
    assert answered_by(CATALOGUE, talk, Act("mirror_now"), [Effect(OBSERVE, value)]) == []


def test_a_yes_sets_the_code_of_its_phase_and_no_other() -> None:
    """Reference 1.4: the phase is known before a code is set."""
    now = CATALOGUE.answered("documents", "now")
    assert now == Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents")
    before = CATALOGUE.answered("documents", "on_the_way")
    assert (before.phase, before.fine) == ("on_the_way", ("cr-documents",))
    assert CATALOGUE.answered("hours", "on_the_way").fine == ()
    assert CATALOGUE.answered("pay-promised", "on_the_way").fine == CATALOGUE.answered("pay-promised", "now").fine


def test_a_no_and_a_skip_set_nothing_and_are_kept_apart() -> None:
    """Pacing invariant 6: a skip is never a no."""
    assert CATALOGUE.answered("documents", "no") == Observed("document_retention", "denied", mirror="documents")
    assert CATALOGUE.answered("documents", "leave") == Observed("document_retention", "skipped", mirror="documents")


def test_one_answer_sets_at_most_one_code_of_a_dimension() -> None:
    """Reference 1.6.4."""
    for name in CATALOGUE.mirrors:
        for answer in ("now", "on_the_way"):
            assert len(CATALOGUE.answered(name, answer).fine) <= 1, name


@pytest.mark.parametrize("code", INDICATOR_CODES)
def test_a_sentence_is_opened_only_by_what_was_told(code: str) -> None:
    """P4: violence, sexual exploitation and the rest stay `heard` until a counsellor talks about them."""
    opened = CATALOGUE.opened_by([code])
    assert bool(opened) is (code in MIRRORED)
    assert {CATALOGUE.mirrors[name] for name in opened} <= {code}


def test_what_was_told_just_now_comes_first() -> None:
    assert CATALOGUE.opened_by(["excessive_overtime", "document_retention"])[:2] == ("hours", "documents")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_ends_with_nothing_to_be_done_in_every_language(language: str) -> None:
    """L5, L6: no promise, no instruction. Each mirror ends with the same calm words."""
    rights = [d.text for d in read_drafts(ROOT, "mirror") if d.language == language and ".right-" in d.key]
    assert len(rights) == len(CATALOGUE.mirrors)
    endings = {text[-10:] for text in rights}
    assert len(endings) == 1
