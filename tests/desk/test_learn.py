"""A reviewer writes a new sentence only with both yeses of the person, and nothing of what they wrote is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from bot.adapters.content import read_training
from bot.domain.consent import LEARNT_FROM, REVIEWED
from bot.services.door import NoSuchConversation
from bot.services.learning.files import proposed, school_of, wrong_with
from bot.services.learning.sentences import School
from bot.services.ports.figure_rows import Correction
from bot.services.records import Consent, Conversation
from bot.services.sign_in import Session
from bot.services.staff import Refused
from tests.support.desk import ROOT, TestDesk, browser, open_desk
from tests.support.fakes import NOON
from tests.support.house import content
from tests.support.review import reviewers

SAID = "They hold back our pay every month, boss Somchai says wait"


def school() -> School:
    knows = {"en": {"pay", "every", "month", "they", "our", "boss", "says", "wait", "hold", "back"}, "th": set[str]()}
    return School(("tell", "thanks"), knows)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url, content=replace(content(), school=school)) as made:
        yield made


async def told(desk: TestDesk, text: str) -> Conversation:
    """Let a person tell something, with their yes to be looked at by reviewers."""
    conversation = await desk.person_waits(text, "▸ Yes, now", consent=False)
    await says(desk, conversation, REVIEWED)
    return conversation


async def says(desk: TestDesk, conversation: Conversation, scope: str) -> None:
    async with desk.records.begin() as tx:
        given = Consent(conversation.id, scope, desk.home.id, "learn_yes", conversation.turn, desk.clock.now())
        await tx.casework.add_consent(given)


def sentence(who: Session, text: str, **changed: Any) -> Correction:
    return replace(Correction("en", text, "tell", ("withheld_wages",), "none", who.member.id, NOON), **changed)


async def test_d4_without_the_yes_to_it_nothing_is_shown_and_nothing_kept(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    talk = await told(desk, SAID)
    learn = desk.services.learn
    for scopes in ((), (LEARNT_FROM, f"{LEARNT_FROM}:none")):
        for scope in scopes:
            await says(desk, talk, scope)
        with pytest.raises(NoSuchConversation):
            await learn.look(ann, talk.code)
        with pytest.raises(NoSuchConversation):
            await learn.keep(ann, talk.code, sentence(ann, "The chief does not give us money"))
    assert await learn.kept() == []


async def test_d4_a_new_sentence_is_kept_without_a_case_code(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    talk = await told(desk, SAID)
    await says(desk, talk, LEARNT_FROM)
    learn = desk.services.learn
    assert [it.text for it in (await learn.look(ann, talk.code)).told] == [SAID]
    assert await learn.keep(ann, talk.code, sentence(ann, "The chief does not give us money")) == []
    (kept,) = await learn.kept()
    assert (kept.text, kept.indicators) == ("The chief does not give us money", ("withheld_wages",))
    assert talk.code not in repr(kept)
    assert talk.id not in repr(kept)
    await learn.drop(ann, kept.id)
    assert await learn.kept() == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They hold back our pay always", ["shared"]),
        ("Two months, 300 dollars", ["number"]),
        ("We work for Somchai", ["name", "rare"]),
        ("the boss somchai pays nothing", ["rare"]),
        ("write to me@example.org", ["detail"]),
        ("...", ["empty"]),
    ],
)
async def test_d4_what_would_give_them_away_is_refused(desk: TestDesk, text: str, found: Sequence[str]) -> None:
    (ann,) = await reviewers(desk, "Ann")
    talk = await told(desk, SAID)
    await says(desk, talk, LEARNT_FROM)
    assert await desk.services.learn.keep(ann, talk.code, sentence(ann, text)) == list(found)
    assert await desk.services.learn.kept() == []


async def test_labels_that_nobody_knows_are_refused(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    talk = await told(desk, SAID)
    await says(desk, talk, LEARNT_FROM)
    for wrong in ({"language": "xx"}, {"intent": "nothing"}, {"indicators": ("victim",)}, {"urgency": "soon"}):
        with pytest.raises(Refused, match="labels"):
            await desk.services.learn.keep(ann, talk.code, sentence(ann, "The chief pays nothing", **wrong))


async def test_the_page_writes_and_says_what_is_wrong_without_scripts(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    talk = await told(desk, SAID)
    await says(desk, talk, LEARNT_FROM)
    async with browser(desk, ann) as driver:
        await driver.open("/learn")
        page = await driver.send("/learn", {"code": talk.code.lower()})
        assert SAID in page.text
        given = {"spoken": "en", "intent": "tell", "urgency": "none", "says-withheld_wages": "1"}
        page = await driver.send(f"/learn/{talk.code}", {**given, "text": "They hold back our pay <b>"})
        assert page.status_code == 422
        assert "words in a row" in page.text
        assert "&lt;b&gt;" in page.text
        page = await driver.send(f"/learn/{talk.code}", {**given, "text": "The chief does not give us money"})
        assert page.status_code == 200
        page = await driver.open("/learn")
        assert "The chief does not give us money" in page.text
        assert talk.code not in page.text
        assert (await driver.send("/learn", {"code": "../audit"})).url.path == "/learn"


def test_what_was_written_becomes_examples_that_pass_the_check(tmp_path: Path) -> None:
    training = [it for it in read_training(ROOT) if it.file.startswith(("nlu_data/en", "nlu_data/th"))]
    learnt = school_of(training)
    who = cast("Session", type("S", (), {"member": type("M", (), {"id": "me"})}))
    written = [
        sentence(who, 'They keep "all" wages: nothing comes'),
        sentence(who, "ค่าแรงไม่เคยถึงมือ", language="th", urgency="medical"),
        sentence(who, 'They keep "all" wages: nothing comes'),
    ]
    files = proposed(written, training)
    assert set(files) == {"nlu_data/en/corrections.yml", "nlu_data/th/corrections.yml"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    again = read_training(tmp_path)
    assert wrong_with(again, training, learnt.intents.__contains__) == []
    assert proposed([], again) == files, "a second time nothing is lost and nothing doubled"
    wrong = [sentence(who, "call 081 234 5678 now", intent="nothing")]
    (tmp_path / "nlu_data/en/corrections.yml").write_text(proposed(wrong, [])["nlu_data/en/corrections.yml"])
    found = wrong_with(read_training(tmp_path), training, learnt.intents.__contains__)
    assert any("seven digits" in line for line in found)
    assert any("'nothing' is not in the domain" in line for line in found)


def test_what_our_own_examples_hold_names_nobody() -> None:
    learnt = school_of(it for it in read_training(ROOT) if it.file.startswith(("nlu_data/en", "nlu_data/th")))
    assert "tell" in learnt.intents
    assert {"boss", "pay"} <= set(learnt.knows["en"])
    assert any(len(it) == 4 and it > "\u0e00" for it in learnt.knows["th"])
