"""People in danger who let nobody in, and the two members of staff whom a reading without a yes takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.codes import Level
from bot.domain.ownership import Deed, Does, step
from bot.domain.roster import Hours
from bot.services.door import NoSuchConversation
from bot.services.records import Conversation
from bot.services.sign_in import Session
from tests.support.desk import TestDesk

REASON: Final = "They wrote that somebody stands at the door with a knife."


@dataclass(frozen=True)
class Danger:
    """A duty lead, a second supervisor, a counsellor, and a conversation that is marked as danger."""

    lead: Session
    second: Session
    counsellor: Session
    case: Conversation


async def in_danger(desk: TestDesk, *texts: str, level: Level = "P0") -> Conversation:
    """Let a person write of danger, and be with the program without any consent."""
    waiting = await desk.person_waits(*texts or ("planted-word: he has a knife",), level=level, consent=False)
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(waiting.id)
        assert found is not None
        own = step(found.own, Deed(Does.CANCEL), desk.clock.now())
        found = await tx.conversations.save(replace(found, own=own))
        await tx.casework.add_alert(found.id, found.code, "danger", level, desk.clock.now())
    return found


async def lead_now(desk: TestDesk, supervisor: Session) -> None:
    """Name a supervisor as duty lead for this day and the two after it."""
    today = desk.clock.now().date()
    for day in (today, today + timedelta(days=1), today + timedelta(days=2)):
        await desk.services.duty_leads.name(supervisor, supervisor.member.id, Hours(0, 0), day=day)


async def danger(desk: TestDesk) -> Danger:
    """Open the scene; Mali is duty lead, Sam supervises too, Noor counsels."""
    lead, counsellor = await desk.pair()
    second, _ = await desk.member("Sam", "supervisor")
    await desk.vets(lead, second)
    await lead_now(desk, lead)
    return Danger(lead, second, counsellor, await in_danger(desk))


async def open_now(desk: TestDesk, scene: Danger) -> str:
    await desk.services.accesses.begin(scene.lead, scene.case.id, "danger_now", REASON, at_once=True)
    return await newest(desk, scene)


async def newest(desk: TestDesk, scene: Danger) -> str:
    async with desk.records.begin() as tx:
        return (await tx.accesses.of(scene.case.id))[-1].id


async def standing(desk: TestDesk, scene: Danger) -> str:
    async with desk.records.begin() as tx:
        return (await tx.accesses.of(scene.case.id))[-1].standing(desk.clock.now())


async def texts(desk: TestDesk, session: Session, scene: Danger) -> list[str]:
    return [each.text for each in await desk.services.access_pages.read(session, scene.case.id)]


async def reads(desk: TestDesk, session: Session, scene: Danger) -> bool:
    try:
        return any("planted-word" in text for text in await texts(desk, session, scene))
    except NoSuchConversation:
        return False


async def acts(desk: TestDesk) -> list[str]:
    return [act for _, act in await desk.audited() if act.startswith(("access", "mark", "conversation"))]


async def alerts(desk: TestDesk) -> list[tuple[str, bool]]:
    async with desk.records.begin() as tx:
        return sorted((it.kind, it.seen_at is None) for it in await tx.casework.alerts(99))
