"""What makes a desk busy: offers, an interpreter, readings in danger, reviews, promises, a roster, what was heard."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.consent import LEARNT_FROM
from bot.domain.effects import ADMIT_INTERPRETER
from bot.domain.observations import Observed
from bot.domain.roster import Hours
from bot.domain.vetting import TO_INTERPRET
from bot.services.observe import seal
from bot.services.ports.figure_rows import Correction
from bot.services.records import Consent, Conversation
from bot.services.sign_in import Session
from tests.support.danger import REASON, in_danger, lead_now
from tests.support.desk import TestDesk, browser
from tests.support.review import reads, reviewers, told
from tests.unit.test_interpreters import person


async def offer(desk: TestDesk, supervisor: Session, receiver: Session) -> Conversation:
    colleague = await desk.counsellor("Ploy", supervisor)
    offered = await desk.person_waits("told", level="P1")
    await desk.counsel.claim(colleague, offered.id)
    return await desk.transfers.offer(colleague, offered.id, receiver.member.id)


async def interpret(desk: TestDesk, supervisor: Session) -> tuple[Conversation, Session, Session]:
    """Let an interpreter be there, and be asked in another conversation, of a colleague."""
    colleague, (interpreter, _) = await desk.counsellor("Dao", supervisor), await desk.member("Aye", "interpreter")
    await desk.vets(supervisor, interpreter, checked=("identity", *TO_INTERPRET))
    inside, asked = [await desk.person_waits("told", level="P2") for _ in range(2)]
    for it in (inside, asked):
        await desk.counsel.claim(colleague, it.id)
        await desk.services.interpreters.invite(colleague, it.id, interpreter.member.id)
    await person(desk, inside, ADMIT_INTERPRETER, "interpreter_yes")
    await desk.person_writes(inside.id, "told to both")
    await desk.services.interpreters.write(interpreter, inside.id, "what it means", 0)
    return inside, interpreter, colleague


async def read_in_danger(desk: TestDesk, supervisor: Session) -> tuple[Conversation, Conversation]:
    await lead_now(desk, supervisor)
    waiting, read = await in_danger(desk), await in_danger(desk, *(f"message {number} of many" for number in range(9)))
    await desk.services.accesses.begin(supervisor, read.id, "danger_now", REASON * 3, at_once=True)
    return waiting, read


async def close_as_abusive(desk: TestDesk, counsellor: Session) -> None:
    abusive = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, abusive.id)
    await desk.counsel.close(counsellor, abusive.id, "abusive")
    await desk.services.left_alone.ask(counsellor, abusive.code)


async def review(desk: TestDesk, supervisor: Session) -> dict[str, Session]:
    """One case that a reader began, one on which two differ, one that waits for a yes, and weights of one person."""
    ann, bo = await reviewers(desk, "Ann", "Bo", supervisor=supervisor)
    begun, _ = [await told(desk) for _ in range(2)], await told(desk, consent=False)
    rows = desk.services.reviews.rows_of_catalogue.values()
    typed = "\n".join(f"{row.code} {row.weights['adult_labour']}" for row in rows if "adult_labour" in row.weights)
    await desk.services.weights.enter(bo, "adult_labour", "2009", "The published list", typed)
    async with browser(desk, ann) as first, browser(desk, bo) as second:
        await reads(first, begun[0].code, "save")
        await reads(first, begun[1].code)
        await reads(second, begun[1].code, **{"verdict-violence": "no"})
    async with desk.records.begin() as tx:
        for it in begun:
            given = Consent(it.id, LEARNT_FROM, desk.home.id, "learn_yes", 1, desk.clock.now())
            await tx.casework.add_consent(given)
        text = "They keep our wages"
        await tx.figures.keep_correction(
            Correction("en", text, "tell", ("withheld_wages",), "none", ann.member.id, desk.clock.now())
        )
    return {"reviewer": ann}


async def promise(desk: TestDesk, waiting: Conversation) -> None:
    now = desk.clock.now()
    async with desk.records.begin() as tx:
        for breaks, gap in enumerate((5, 0.5, -1)):
            await tx.promises.add(waiting.id, now, now + timedelta(hours=gap), breaks)
        first = (await tx.promises.open())[0]
        await tx.promises.settle(first.id, "broken", now)


async def keep_roster(desk: TestDesk, supervisor: Session, counsellor: Session) -> None:
    rosters, member = desk.services.rosters, counsellor.member.id
    await rosters.add_shifts(supervisor, member, [0, 4], Hours(22 * 60, 6 * 60))
    await rosters.set_day(supervisor, member, date(2030, 5, 1), None)
    await rosters.set_holiday(supervisor, date(2030, 5, 2), closed=True)


async def observe(desk: TestDesk, held: Conversation) -> None:
    observed = [
        Observed("threats", "heard", evidence=(0, 7), confidence=0.9),
        Observed("violence", "heard", evidence=(0, 7), confidence=0.9),
        Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents"),
        Observed("isolation", "denied", mirror="calling"),
    ]
    async with desk.records.begin() as tx:
        latest = [message.id for message, _, _ in await tx.messages.latest(held.id, 9) if message.author == "person"]
        await tx.messages.add_observations(seal(desk.vault, held.id, latest[0], observed, desk.clock.now()))
