"""The conversation page shows what was heard and how far it is known, with where it was said; never a verdict."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.domain.codes import MessageId
from bot.domain.observations import Observed
from bot.services.observe import seal
from bot.services.records import Conversation
from tests.support.desk import TestDesk, browser, open_desk

PASSPORT = Observed("document_retention", "heard", evidence=(0, 11), confidence=0.9)
CONFIRMED = Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def observe(desk: TestDesk, waiting: Conversation, observed: Sequence[Observed], message: int = 0) -> None:
    async with desk.records.begin() as tx:
        stored: list[MessageId] = [one.id for one, _, _ in await tx.messages.latest(waiting.id, 9)]
        sealed = seal(desk.vault, waiting.id, stored[message], observed, desk.clock.now())
        await tx.messages.add_observations(sealed)


async def page_of(desk: TestDesk, waiting: Conversation) -> tuple[str, str]:
    """Give the page as it is before the claim, and after it."""
    _, counsellor = await desk.pair()
    async with browser(desk, counsellor) as driver:
        before = await driver.open(f"/conversations/{waiting.code}")
        after = await driver.send(f"/conversations/{waiting.code}/claim")
    return before.text, after.text


async def test_state_phase_and_the_words_that_say_so_are_shown_to_the_holder(desk: TestDesk) -> None:
    """Reference 1.6.7: evidence beside the codes, never a bare number. H4: nothing has to be told twice."""
    waiting = await desk.person_waits("my passport is with <him>", "▸ Yes, now")
    await observe(desk, waiting, [PASSPORT, Observed("threats", "heard", evidence=(3, 5))])
    await observe(desk, waiting, [CONFIRMED], message=1)
    before, after = await page_of(desk, waiting)
    assert "document retention" in before
    assert "passport" not in before.replace("Passport or ID is kept by someone else", "")
    assert '<span class="tag confirmed">confirmed</span>' in after
    assert '<span class="tag">now</span>' in after
    assert '<q dir="auto">my passport</q>' in after
    assert '<q dir="auto">▸ Yes, now</q>' in after
    assert '<span class="tag heard">heard</span>' in after


async def test_the_dimensions_show_what_counts_and_that_nobody_checked_the_weights(desk: TestDesk) -> None:
    """Design, *Indicators*: no result from weights that two people have not checked. L1: no name for the person."""
    waiting = await desk.person_waits("told")
    await observe(desk, waiting, [CONFIRMED, Observed("violence", "heard", evidence=(0, 4))])
    _, after = await page_of(desk, waiting)
    assert '<span class="mono">cd-documents</span> Passport or ID is kept by someone else' in after
    assert "adult labour: no result, weights not yet checked against the ILO list" in after
    assert "child labour: no result, weights not yet checked against the ILO list" in after
    assert "cd-violence" not in after
    assert "victim" not in after


async def test_a_no_and_a_skip_are_kept_apart(desk: TestDesk) -> None:
    """Pacing invariant 6: a skip is never a no."""
    waiting = await desk.person_waits("told")
    denied, skipped = Observed("isolation", "denied", mirror="calling"), Observed("threats", "skipped", mirror="debt")
    await observe(desk, waiting, [denied, skipped])
    _, after = await page_of(desk, waiting)
    assert "they said no" in after
    assert "left out: not a no" in after
    assert after.count("nothing confirmed") == 6


async def test_a_child_sold_is_a_concern_on_the_page_whatever_the_matrix_says(desk: TestDesk) -> None:
    """Reference 1.5; contract, *Codes*: P1."""
    waiting = await desk.person_waits("told")
    await observe(desk, waiting, [Observed("child", "heard"), Observed("sold", "heard")])
    _, after = await page_of(desk, waiting)
    assert "Child-protection concern, P1" in after
