"""Danger through the whole turn: the alarm, the truth, and a number only where somebody here has tried it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.contacts import Review, row_hash
from bot.domain.ownership import Ownership, State
from bot.domain.reply import Reply, Say
from bot.domain.safety import SELF_HARM_ANSWERS
from bot.errors import TryLater
from bot.services.ports import TurnAnswer
from bot.services.records import AuditEntry
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}", tmp_path) as made:
        await made.says("", kind="start")
        yield made


def words(key: str, **args: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram", **args)


async def try_a_line(house: TestHouse, country: str, number: str, days: int = 90) -> None:
    """Let somebody of the installation say that they tried this line."""
    row = next(row for row in content().contacts if (row["country"], row.get("number")) == (country, number))
    now = house.clock.now()
    async with house.house.records.begin() as tx:
        await tx.casework.add_contact_review(Review(row_hash(row), "member-1", now, now + timedelta(days=days)))


async def test_a_fresh_installation_says_the_truth_and_no_number(house: TestHouse) -> None:
    """S3, S4, S18: nobody there, no number known; an alarm was left, and the other ways stay in reach."""
    said = await house.presses(words("escape.danger"))
    assert said == [words("safety.danger-nobody")]
    assert {words("safety.may-write"), words("safety.hide"), words("grounding.label")} <= set(house.labels())
    assert ("danger", "P0") in await house.alerts()


async def test_a_line_that_staff_tried_is_said_with_its_place_and_day(house: TestHouse) -> None:
    """S3, S4: two messages at most lie between the danger and the number."""
    await try_a_line(house, "KH", "117")
    assert await house.presses(words("escape.danger")) == [
        words("safety.danger-nobody"),
        words("contacts.which-country"),
    ]
    said = await house.presses("Cambodia")
    assert said == [words("contacts.call-police", number="117", country="Cambodia", checked="2026-03-01")]
    assert (await house.talk()).country == "KH"


async def test_a_country_that_was_named_is_not_asked_again(house: TestHouse) -> None:
    """P8: nothing already told is asked again."""
    await try_a_line(house, "KH", "117")
    await house.presses(words("escape.danger"))
    await house.presses("Cambodia")
    said = await house.says("danger")
    assert words("contacts.which-country") not in said
    assert any("117" in text for text in said)


@pytest.mark.parametrize(("days", "says"), [(1, "contacts.outdated"), (90, "contacts.call-police")])
async def test_a_number_that_waited_leaves_only_while_it_counts(house: TestHouse, days: int, says: str) -> None:
    """S4: days can lie between saying and leaving; what is left out is said, and its buttons stay in reach."""
    await try_a_line(house, "KH", "117", days)
    await house.presses(words("escape.danger"))
    house.messenger.failures["7"] = [TryLater(100_000)]
    assert await house.presses("Cambodia") == []
    house.clock.pass_(days=2)
    before = len(house.messenger.sent)
    said = await house.says("", kind="other")
    assert said[0] == words(says, number="117", country="Cambodia", checked="2026-03-01")
    labels = [label for row in house.messenger.sent[before][1].rows for label, _ in row]
    assert words("safety.may-write") in labels
    assert (("number_outdated", "P0") in await house.alerts()) == (days == 1)


async def test_a_line_whose_verification_ended_is_no_longer_said(house: TestHouse) -> None:
    """S4: expired rows are hidden."""
    await try_a_line(house, "KH", "117", days=1)
    house.clock.pass_(days=2)
    assert not any("117" in text for text in await house.says("danger"))


async def test_the_path_needs_no_engine(house: TestHouse) -> None:
    """S2, S3: with the engine stopped danger still leads to the number."""
    await try_a_line(house, "KH", "117")
    house.engine.is_down = True
    await house.says("danger")
    assert any("117" in text for text in await house.presses("Cambodia"))


async def test_a_number_that_the_engine_makes_up_never_leaves(house: TestHouse) -> None:
    """S4: the generation of digits by anything but the table is blocked."""
    invented = Say("contacts.call", {"number": "1234567", "country": "KH", "checked": "2026-03-01"})
    house.engine.answer = lambda *_: TurnAnswer(Reply((invented,)))
    said = await house.says("who can I call")
    assert not any("1234567" in text for text in said)


async def test_suicidal_words_confirmed_by_their_button_are_the_highest_level(house: TestHouse) -> None:
    """S13: a human at once; the alarm is P0 after their own "yes, now"."""
    house.engine.readings["i want to end it"] = a_reading(urgency="self_harm")
    house.engine.answer = lambda *_: TurnAnswer(Reply((Say("safety.self-harm-ask", buttons=SELF_HARM_ANSWERS),)))
    await house.says("i want to end it")
    assert ("danger_read", "P1") in await house.alerts()
    said = await house.presses(words("safety.self-harm-yes"))
    assert said == [words("safety.self-harm-now-nobody")]
    assert (await house.conversation()).level == "P0"


async def test_what_is_kept_is_told_in_figures_from_the_records(house: TestHouse) -> None:
    """H8, D3: how often they said yes, and how often staff opened the chat, as the audit has it."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        for _ in range(2):
            entry = AuditEntry(
                house.clock.now(), "member-1", "conversation_opened", conversation.id, {"purpose": "read"}
            )
            await tx.casework.add_audit(entry)
    fields = await house.workers.converse._tools.local.around(conversation, await house.talk(), "about_stored")  # type: ignore[arg-type]
    assert (fields["yeses"], fields["openings"]) == (0, 2)


async def test_danger_while_a_counsellor_holds_the_talk_is_silent_and_alerts(house: TestHouse) -> None:
    """S2: the word works in every state, and the program does not speak over a human."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        await tx.conversations.save(replace(fresh, own=Ownership(State.HELD, house.clock.now(), counsellor="ann")))  # type: ignore[arg-type]
    assert await house.says("danger") == []
    assert ("danger", "P0") in await house.alerts()
