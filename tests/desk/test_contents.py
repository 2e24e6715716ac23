"""At the desk lines are tried and verified, and sentences read, worded and signed: and the bot says just that."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.contact_rows import COUNTS_FOR
from bot.services.content.contacts import Line
from bot.services.content.words import Files
from bot.services.lines import Lines
from bot.services.sign_in import Session
from bot.services.staff import Refused
from bot.words import read_drafts
from tests.support.desk import CONTACTS, ROOT, TestDesk, browser, open_desk
from tests.support.house import content

NAME = "TH 00000001"
WORKS = {"place": "inside", "answered": "promised", "languages": ["th"], "outcome": "works"}


def files() -> Files:
    """Give one topic, and the whole check's stand-in: whatever speaks of rescue is wrong."""
    drafts = read_drafts(ROOT, "opening")
    return Files(drafts, lambda seen: [f"{it.file}:1: {it.key} promises" for it in seen if "rescue" in it.text])


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    own = replace(content(), contacts=CONTACTS, files=files)
    async with open_desk(sqlite_url, content=own) as made:
        yield made


@pytest.fixture
async def lead(desk: TestDesk) -> Session:
    session, _ = await desk.member("Mali", "supervisor", languages=("en", "th"))
    return session


async def line(desk: TestDesk, name: str = NAME) -> Line:
    return next(it for it in (await desk.services.contacts.look()).lines if it.name == name)


async def said(desk: TestDesk) -> list[str]:
    """Give the numbers that the bot may say now."""
    words = content().words
    async with desk.records.begin() as tx:
        return [it.number for it in await Lines(CONTACTS, words.has, desk.clock).tried(tx)]


async def call(desk: TestDesk, who: Session, **fields: Any) -> None:
    seen = {"seen": (await line(desk)).hash}
    await desk.services.contacts.log_call(who, NAME, {**WORKS, **seen, **fields})


async def verify(desk: TestDesk, who: Session, days: float = 30) -> None:
    until = desk.clock.now() + timedelta(days=days)
    await desk.services.contacts.verify(who, NAME, (await line(desk)).hash, until)


async def test_s4_a_number_is_said_only_after_a_call_and_a_word_and_only_so_long(desk: TestDesk, lead: Session) -> None:
    with pytest.raises(Refused, match="untried"):
        await verify(desk, lead)
    await call(desk, lead)
    assert await said(desk) == []
    with pytest.raises(Refused, match="contact_until"):
        await verify(desk, lead, COUNTS_FOR.days + 1)
    await verify(desk, lead, 9)
    assert await said(desk) == ["000 000 01"]
    assert (await line(desk)).standing == "verified"
    desk.clock.pass_(seconds=9 * 86400)
    assert await said(desk) == []
    assert (await line(desk)).standing == "expired"


async def test_s4_a_call_that_failed_takes_the_number_away_at_once(desk: TestDesk, lead: Session) -> None:
    await call(desk, lead)
    await verify(desk, lead)
    counsellor, _ = await desk.member("Noor")
    await call(desk, counsellor, answered="nobody", languages=[], outcome="fails")
    assert await said(desk) == []
    with pytest.raises(Refused, match="untried"):
        await verify(desk, lead)
    with pytest.raises(Refused, match="role"):
        await verify(desk, counsellor)


async def test_s4_a_changed_row_has_to_be_tried_anew_and_the_old_page_does_nothing(
    desk: TestDesk, lead: Session
) -> None:
    await call(desk, lead)
    await verify(desk, lead)
    contacts, before = desk.services.contacts, await line(desk)
    row = {**before.row, "hours": "in the evening"}
    assert await contacts.change(lead, NAME, row) == []
    assert await said(desk) == []
    for act in (contacts.withdraw(lead, NAME, before.hash), contacts.doubt(lead, NAME, before.hash)):
        with pytest.raises(Refused, match="contact_changed"):
            await act
    await contacts.restore(lead, NAME)
    assert await said(desk) == ["000 000 01"], "what was tried is the file's row, and it counts still"
    await contacts.withdraw(lead, NAME, before.hash)
    assert await said(desk) == []
    assert [it.name for it in (await contacts.look()).withdrawn] == [NAME]


async def test_a_row_that_the_check_would_refuse_is_refused_with_its_reason(desk: TestDesk, lead: Session) -> None:
    contacts = desk.services.contacts
    row = dict((await line(desk)).row)
    assert "digits" in (await contacts.change(lead, NAME, {**row, "number": "call me"}))[0]
    assert "police" in (await contacts.change(lead, NAME, {**row, "run_by": "police"}))[0]
    assert "no name in the words" in (await contacts.change(lead, "", {**row, "country": "NO"}))[0]
    assert "longer" in (await contacts.change(lead, NAME, {**row, "note": "x" * 501}))[0]
    with pytest.raises(Refused, match="contact_there"):
        await contacts.change(lead, "", {**row, "hours": "other"})
    with pytest.raises(Refused, match="contact_same"):
        await contacts.change(lead, NAME, {**row, "from_abroad": "yes"})
    with pytest.raises(Refused, match="contact_changed"):
        await contacts.change(lead, "TH 9", {**row, "hours": "other"})
    counsellor, _ = await desk.member("Noor")
    with pytest.raises(Refused, match="role"):
        await contacts.change(counsellor, NAME, {**row, "hours": "other"})


async def test_another_number_takes_the_old_one_off_the_list(desk: TestDesk, lead: Session) -> None:
    row = {**(await line(desk)).row, "number": "000 000 09"}
    assert await desk.services.contacts.change(lead, NAME, row) == []
    book = await desk.services.contacts.look()
    assert [it.name for it in book.lines] == ["KH 00000002", "TH 00000009"]
    assert [it.name for it in book.withdrawn] == [NAME]


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "at home"},
        {"answered": "Somchai"},
        {"outcome": ""},
        {"answered": "nobody"},
        {"answered": "machine", "languages": []},
    ],
)
async def test_a_call_that_does_not_fit_together_is_refused(
    desk: TestDesk, lead: Session, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="call"):
        await call(desk, lead, **wrong)
    assert (await line(desk)).calls == []


async def test_the_page_tries_verifies_and_changes_without_scripts(desk: TestDesk, lead: Session) -> None:
    async with browser(desk, lead) as driver:
        page = await driver.open("/contacts")
        assert page.text.count("not tried: nobody is told it") == 2
        hidden = {"name": NAME, "seen": (await line(desk)).hash}
        given = {"place": "abroad", "answered": "promised", "outcome": "works", "language": ["th", "en"]}
        await driver.send("/contacts/call", {**hidden, **given, "form": "one"})
        page = await driver.send("/contacts/call", {**hidden, **given, "form": "one"})
        assert page.text.count("from abroad · ") == 1, "a double click calls once"
        assert len((await line(desk)).calls) == 1
        latest = re.search(r'name="until" max="([0-9-]+)"', page.text)
        assert latest is not None
        page = await driver.send("/contacts/verify", {**hidden, "until": latest[1]})
        assert "verified by Mali until" in page.text
        page = await driver.open("/contacts/edit?name=TH%2000000001")
        assert 'value="000 000 01"' in page.text
        page = await driver.send("/contacts/edit", {"name": NAME, "country": "TH", "reached": "number", "address": "x"})
        assert page.status_code == 422
        assert "digits" in page.text
        page = await driver.send("/contacts/verify", {**hidden, "until": "tomorrow"})
        assert "90 days at most" in page.text


async def text_of(desk: TestDesk, key: str, language: str = "th") -> tuple[str, str]:
    """Give sentence and hash as the page shows them."""
    _, seen = await desk.services.word_book.topic(language, "opening")
    found = next(it.sentence for it in seen if it.sentence.draft.key == key)
    return found.draft.text, found.hash


def bot_says(desk: TestDesk, key: str, language: str) -> str:
    house: Any = desk.services
    return str(house.content.words.say(key, language))


async def test_l15_who_speaks_the_language_signs_and_nobody_else(desk: TestDesk, lead: Session) -> None:
    book = desk.services.word_book
    _, name = await text_of(desk, "opening.begin")
    await book.sign(lead, "th", {"opening.begin": name})
    states = {it.language: it for it in await book.languages()}
    assert (states["th"].reviewed, states["my"].reviewed) == (1, 0)
    for wrong, reason in (
        ((lead, "my", {"opening.begin": name}), "speaks"),
        ((lead, "th", {"opening.begin": "other"}), "words_changed"),
        ((lead, "th", {}), "nothing_open"),
    ):
        with pytest.raises(Refused, match=reason):
            await book.sign(*wrong)
    administrator, _ = await desk.member("Kai", "administrator", languages=("th",))
    with pytest.raises(Refused, match="role"):
        await book.sign(administrator, "th", {"opening.begin": name})


async def test_a_wording_is_said_at_once_when_another_put_it_in_use_and_its_review_is_gone(
    desk: TestDesk, lead: Session
) -> None:
    book = desk.services.word_book
    before, name = await text_of(desk, "opening.begin")
    await book.sign(lead, "th", {"opening.begin": name})
    assert await book.propose(lead, "th", "opening.begin", "เขียน ได้เลย\n ") == []
    assert bot_says(desk, "opening.begin", "th") == before, "a draft is not said"
    with pytest.raises(Refused, match="words_own"):
        await book.use(lead, "th", "opening.begin", "เขียน ได้เลย")
    other, _ = await desk.member("Noor", languages=("th",))
    with pytest.raises(Refused, match="words_changed"):
        await book.use(other, "th", "opening.begin", "another page")
    assert await book.use(other, "th", "opening.begin", "เขียน ได้เลย") == []
    assert bot_says(desk, "opening.begin", "th") == "เขียน ได้เลย"
    _, seen = await book.topic("th", "opening")
    used = next(it for it in seen if it.sentence.draft.key == "opening.begin")
    assert set(used.sentence.readers) == {lead.member.id, other.member.id}
    await book.drop(lead, "th", "opening.begin", in_use=True)
    assert bot_says(desk, "opening.begin", "th") == before


async def test_a_wording_that_the_check_refuses_is_not_kept(desk: TestDesk, lead: Session) -> None:
    book = desk.services.word_book
    assert await book.propose(lead, "en", "opening.begin", "We rescue you.") == ["opening.begin promises"]
    assert "longer" in (await book.propose(lead, "en", "opening.begin", "x" * 401))[0]
    with pytest.raises(Refused, match="words_same"):
        await book.propose(lead, "en", "opening.begin", (await text_of(desk, "opening.begin", "en"))[0])
    with pytest.raises(Refused, match="words_changed"):
        await book.propose(lead, "en", "opening.nothing", "Hello.")
    _, seen = await book.topic("en", "opening")
    assert [it for it in seen if it.proposed] == []


async def test_a_language_is_switched_off_and_on_and_going_live_asks_no_more_for_it(
    desk: TestDesk, lead: Session
) -> None:
    book, going_live = desk.services.word_book, desk.services.going_live

    async def asked() -> set[str]:
        points = {it.name: it for it in (await going_live.look()).points}
        return {item.about for item in (*points["words"].items, *points["counsellors"].items)}

    await book.switch(lead, "km", on=False)
    assert book.off == {"km"}
    assert "km" not in await asked()
    with pytest.raises(Refused, match="language_stays"):
        await book.switch(lead, "en", on=False)
    await book.switch(lead, "km", on=True)
    assert book.off == set()
    assert "km" in await asked()


async def test_l15_words_that_were_read_close_their_point_of_going_live(desk: TestDesk, lead: Session) -> None:
    book = desk.services.word_book
    _, seen = await book.topic("th", "opening")
    for it in seen:
        await book.sign(lead, "th", {it.sentence.draft.key: it.sentence.hash})
    points = {it.name: it for it in (await desk.services.going_live.look()).points}
    assert {item.about for item in points["words"].items if item.done} == {"th"}


async def test_a_verified_line_closes_its_point_of_going_live(desk: TestDesk, lead: Session) -> None:
    await call(desk, lead)
    await verify(desk, lead)
    points = {it.name: it for it in (await desk.services.going_live.look()).points}
    assert {item.about for item in points["contacts"].items if item.done} == {"TH"}


async def test_sentences_are_read_signed_and_worded_without_scripts(desk: TestDesk, lead: Session) -> None:
    async with browser(desk, lead) as driver:
        page = await driver.open("/words")
        assert "0 of 12" in page.text
        page = await driver.open("/words/th/opening")
        ticked = re.findall(r'name="sentence" value="([^"]+)"', page.text)
        page = await driver.send("/words/th/opening/sign", {"sentence": ticked[:2]})
        assert page.text.count("Signed by Mali.") == 2
        given = {"key": "opening.begin", "text": "We rescue <b>you</b>"}
        page = await driver.send("/words/th/opening/propose", given)
        assert page.status_code == 422
        assert "opening.begin promises" in page.text
        assert "We rescue &lt;b&gt;you&lt;/b&gt;" in page.text
        page = await driver.send("/words/th/opening/propose", {**given, "text": "เขียนได้เลย"})
        assert "Somebody else who speaks the language" in page.text
        page = await driver.open("/words/my/opening")
        assert "Only who speaks this language" in page.text
        assert "textarea" not in page.text
        assert (await driver.open("/words/th/nothing")).url.path == "/words"
        page = await driver.send("/words/my/switch", {"turn": "off"})
        assert "switched off" in page.text
