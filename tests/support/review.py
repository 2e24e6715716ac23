"""Reviewers of a desk under test, and a person who told something, with or without the yes to be read by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.adapters.content import load_flags
from bot.domain.consent import REVIEW_ENDED, REVIEWED
from bot.domain.observations import Observed
from bot.services.observe import seal
from bot.services.records import Consent, Conversation
from bot.services.review.flagging import Flagging
from bot.services.sign_in import Session
from tests.support.desk import ROOT, CounsellorDriver, TestDesk

PASSPORT: Final = Observed("document_retention", "heard", evidence=(0, 11), confidence=0.9)
BEATEN: Final = Observed("violence", "heard", evidence=(0, 10), confidence=0.9)
CONFIRMED: Final = Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents")
SHEET: Final = {
    "verdict-document_retention": "yes",
    "verdict-violence": "yes",
    "verdict-cd-documents": "yes",
    "phase-cd-documents": "now",
}


async def reviewers(desk: TestDesk, *names: str, supervisor: Session | None = None) -> list[Session]:
    """Give vetted reviewers who have the organisation's key."""
    if supervisor is None:
        supervisor, _ = await desk.member("Mali", "supervisor")
    found = []
    for name in names:
        session, _ = await desk.member(name, "reviewer")
        await desk.vets(supervisor, session)
        found.append(session)
    return found


async def told(desk: TestDesk, *, consent: bool = True) -> Conversation:
    """Let a person tell two things and confirm one; with their yes to be read by reviewers."""
    conversation = await desk.person_waits("my passport is with <him>", "he beat me", "▸ Yes, now", consent=False)
    observed: Sequence[Observed] = (PASSPORT, BEATEN, CONFIRMED)
    now = desk.clock.now()
    async with desk.records.begin() as tx:
        stored = [one.id for one, _, _ in await tx.messages.latest(conversation.id, 9)]
        for message, one in zip(stored, observed, strict=True):
            await tx.messages.add_observations(seal(desk.vault, conversation.id, message, [one], now))
        if consent:
            await tx.casework.add_consent(Consent(conversation.id, REVIEWED, desk.home.id, "review_yes", 1, now))
        await flagging(desk).look_again(tx, conversation, now)
    return conversation


def flagging(desk: TestDesk) -> Flagging:
    """Give what applies the published rules."""
    return Flagging(desk.vault, load_flags(ROOT), desk.home.id)


async def takes_back(desk: TestDesk, conversation: Conversation) -> None:
    """Let the person take their yes back, as the worker does, and ring."""
    now = desk.clock.now()
    async with desk.records.begin() as tx:
        await tx.casework.add_consent(Consent(conversation.id, REVIEW_ENDED, desk.home.id, "review_end", 2, now))
    desk.signals.publish(f"conversation:{conversation.id}")


async def reads(driver: CounsellorDriver, code: str, do: str = "done", **changed: str) -> None:
    """Let a reviewer begin and fill in their sheet."""
    await driver.open(f"/review/{code}")
    await driver.send(f"/review/{code}/begin")
    await driver.send(f"/review/{code}/sheet", {**SHEET, **changed, "do": do})
