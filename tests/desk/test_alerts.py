"""Calls to staff: one after the other, outside the desk without a word about the person, and missed ones counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_string
from email.policy import default

import pytest

from bot.adapters.notify_mail import MailNotifier
from bot.adapters.notify_telegram import TelegramNotifier
from bot.desk.speech import load_words
from bot.domain.codes import Level
from bot.domain.ownership import Ownership, State
from bot.domain.roster import DAY, Hours
from bot.services.caller import Caller
from bot.services.ports import Notifier
from bot.services.records import Conversation
from bot.services.sign_in import Session
from bot.services.staff import Refused
from bot.settings import Secret
from tests.support.bot_api import TOKEN, BotApi
from tests.support.desk import TestDesk, browser, open_desk
from tests.support.smtp import MailServer, mail_server

SOMEBODY_WAITS = "Somebody waits. Please look at the desk."
ALWAYS = Hours(0, DAY - 1)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


@dataclass
class Outside:
    """Everything that calls staff outside the desk."""

    desk: TestDesk
    caller: Caller
    bot: TelegramNotifier
    api: BotApi
    mail: MailServer

    async def look(self) -> None:
        await self.desk.services.alerts.look()
        await self.caller.look()

    async def mails(self, session: Session, address: str, language: str = "en") -> None:
        """Let a member give an address and type the code that was sent there; the box is empty again."""
        await self.desk.services.reaches.set_mail(session, address, language)
        code = self.code_sent()
        self.mail.mails.clear()
        await self.desk.services.reaches.confirm_mail(session, code)

    def code_sent(self) -> str:
        """Give the code of the newest mail."""
        mail = message_from_string(self.mail.mails[-1][1].removesuffix(".\r\n"), policy=default)
        return str(mail["subject"]).split()[-1]

    async def links(self, session: Session, chat: int) -> list[str]:
        """Let a member send their code to the bot of the staff, and give what was answered."""
        person = self.api.person(chat)
        code = await self.desk.services.reaches.new_code(session, "en")
        await person.writes(code)
        await self.bot._answer(self.desk.services.reaches.link, 0)
        return [shown.text for shown in person.screen]


@pytest.fixture
async def outside(desk: TestDesk) -> AsyncIterator[Outside]:
    async with BotApi() as api, mail_server() as mail, TelegramNotifier(Secret(TOKEN), api.url) as bot:
        notifiers: dict[str, Notifier] = {"telegram": bot, "mail": MailNotifier(Secret(mail.url))}
        desk.services.reaches.by(notifiers)
        say = load_words().say
        yield Outside(desk, Caller(desk.records, desk.vault, desk.clock, desk.signals, say, notifiers), bot, api, mail)


async def raised(desk: TestDesk, level: Level = "P0", kind: str = "danger") -> Conversation:
    waiting = await desk.person_waits("secret words", level=level)
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(waiting.id, waiting.code, kind, level, desk.clock.now())
    return waiting


async def called(desk: TestDesk, session: Session) -> Sequence[tuple[str, str, str]]:
    view = await desk.services.alerts.view(session)
    return [(name, call.way, call.state) for line in (*view.open, *view.answered) for name, call in line.called]


async def keep_present(desk: TestDesk, *sessions: Session) -> None:
    for session in sessions:
        await desk.services.sessions.touch(session)


async def test_a_call_outside_the_desk_holds_no_word_name_or_language(desk: TestDesk, outside: Outside) -> None:
    _, noor = await desk.pair()
    await outside.links(noor, 7)
    await outside.mails(noor, "noor@example.org", "th")
    waiting = await raised(desk)
    await outside.look()
    await outside.look()
    thai = load_words().say("alerts.somebody-waits", "th")
    assert outside.api.delivered[(7, thai)] == 1
    ((to, mail),) = outside.mail.mails
    assert to == "noor@example.org"
    for secret in ("secret", "Noor", waiting.code, "P0", "danger"):
        assert secret not in mail
    assert await called(desk, noor) == [
        ("Noor", "desk", "sent"),
        ("Noor", "telegram", "sent"),
        ("Noor", "mail", "sent"),
    ]


async def test_the_bot_of_the_staff_answers_a_code_once_and_nobody_else(desk: TestDesk, outside: Outside) -> None:
    _, noor = await desk.pair()
    assert await outside.links(noor, 7) == ["You will be called here. Nothing else is answered in this chat."]
    link = desk.services.reaches.link
    code = await desk.services.reaches.new_code(noor, "en")
    desk.clock.pass_(minutes=16)
    assert [await link(text, "9") for text in ("hello", "", code, "/help")] == [None] * 4
    await keep_present(desk, noor)
    assert (await desk.services.reaches.look(noor)).has_telegram
    await desk.services.reaches.unlink(noor)
    assert not (await desk.services.reaches.look(noor)).has_telegram


async def test_nobody_answers_and_the_next_is_called_then_supervisors_then_it_is_missed(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    ann = await desk.counsellor("Ann", supervisor)
    await raised(desk)
    look, seen = desk.services.alerts.look, []
    for _ in range(4):
        await look()
        await look()
        seen.append([name for name, _, _ in await called(desk, supervisor)])
        desk.clock.pass_(seconds=60)
        await keep_present(desk, supervisor, noor, ann)
    assert [len(each) for each in seen] == [1, 2, 3, 3]
    assert (seen[-1][-1], set(seen[-1][:2])) == ("Mali", {"Ann", "Noor"})
    view = await desk.services.alerts.view(supervisor)
    assert (view.missed, view.open[0].missed_at is not None) == (1, True)
    assert ("program", "alert_missed") in await desk.audited()


async def test_an_alert_that_was_answered_calls_nobody_more(desk: TestDesk, outside: Outside) -> None:
    supervisor, noor = await desk.pair()
    await outside.mails(supervisor, "mali@example.org")
    await raised(desk)
    await outside.look()
    await desk.counsel.see_alert(noor, 1)
    desk.clock.pass_(minutes=10)
    await outside.look()
    assert outside.mail.mails == []
    view = await desk.services.alerts.view(supervisor)
    assert (view.open, view.answered[0].answered_by, view.missed) == ([], "Noor", 0)


async def test_whose_shift_it_is_and_who_is_not_there_is_called_at_home(desk: TestDesk, outside: Outside) -> None:
    supervisor, noor = await desk.pair()
    await outside.mails(noor, "noor@example.org")
    desk.clock.pass_(minutes=5)
    await raised(desk, "P3", "waiting")
    await outside.look()
    assert outside.mail.mails == []
    await desk.services.rosters.add_shifts(supervisor, noor.member.id, [6], ALWAYS)
    await outside.look()
    assert [to for to, _ in outside.mail.mails] == ["noor@example.org"]


async def test_a_promise_that_is_nearly_due_calls_supervisors(desk: TestDesk, outside: Outside) -> None:
    supervisor, _ = await desk.pair()
    await outside.mails(supervisor, "mali@example.org")
    await raised(desk, "P3", "promise_due")
    await outside.look()
    assert [to for to, _ in outside.mail.mails] == ["mali@example.org"]


async def test_who_is_complained_of_is_not_called_about_it(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    other, _ = await desk.member("Lin", "supervisor")
    waiting = await raised(desk, "P3", "complaint")
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(waiting.id)
        assert found is not None
        own = Ownership(State.HELD, desk.clock.now(), counsellor=other.member.id)
        await tx.conversations.save(replace(found, own=own))
    await desk.services.alerts.look()
    assert await called(desk, supervisor) == [("Mali", "desk", "sent")]


async def test_a_mail_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    desk: TestDesk, outside: Outside
) -> None:
    _, noor = await desk.pair()
    await outside.mails(noor, "noor@example.org")
    outside.mail.answers = ["451 later"]
    await raised(desk)
    await outside.look()
    assert outside.mail.mails == []
    desk.clock.pass_(seconds=2)
    await outside.caller.look()
    assert len(outside.mail.mails) == 1
    outside.mail.answers = ["550 never"]
    await raised(desk, kind="takeover")
    await outside.look()
    desk.clock.pass_(minutes=9)
    await outside.caller.look()
    assert len(outside.mail.mails) == 1
    assert ("Noor", "mail", "failed") in await called(desk, noor)


async def test_two_workers_deliver_a_call_once(desk: TestDesk, outside: Outside) -> None:
    _, noor = await desk.pair()
    await outside.mails(noor, "noor@example.org")
    await raised(desk)
    await desk.services.alerts.look()
    await asyncio.gather(outside.caller.look(), outside.caller.look())
    assert len(outside.mail.mails) == 1


@pytest.mark.parametrize("address", ["noor", "a@b\r\nBcc: c@d", "a b@c", "<a@b>", "x" * 250 + "@c.de"])
async def test_what_is_no_mail_address_is_refused(desk: TestDesk, address: str) -> None:
    _, noor = await desk.pair()
    with pytest.raises(Refused, match="mail"):
        await desk.services.reaches.set_mail(noor, address, "en")


async def test_nobody_is_called_at_an_address_before_they_typed_the_code_that_was_sent_there(
    desk: TestDesk, outside: Outside
) -> None:
    _, noor = await desk.pair()
    reaches = desk.services.reaches
    await reaches.set_mail(noor, "noor@example.org", "en")
    code = outside.code_sent()
    outside.mail.mails.clear()
    await raised(desk)
    await outside.look()
    assert outside.mail.mails == []
    for wrong in ("", "0" * 8):
        with pytest.raises(Refused, match="mail_code"):
            await reaches.confirm_mail(noor, wrong)
    desk.clock.pass_(minutes=15)
    with pytest.raises(Refused, match="mail_code"):
        await reaches.confirm_mail(noor, code)
    await outside.mails(noor, "noor@example.org")
    with pytest.raises(Refused, match="mail_code"):
        await reaches.confirm_mail(noor, code)
    await reaches.set_mail(noor, "other@example.org", "en")
    view = await reaches.look(noor)
    assert (view.mail, view.mail_waits) == ("noor@example.org", "other@example.org")
    await reaches.set_mail(noor, "", "en")
    view = await reaches.look(noor)
    assert (view.mail, view.mail_waits) == ("", "")


async def test_a_code_that_could_not_be_sent_is_said(desk: TestDesk, outside: Outside) -> None:
    _, noor = await desk.pair()
    outside.mail.answers = ["550 never"]
    with pytest.raises(Refused, match="mail_not_sent"):
        await desk.services.reaches.set_mail(noor, "noor@example.org", "en")


async def test_the_page_shows_who_was_called_and_lets_a_member_choose_how(desk: TestDesk, outside: Outside) -> None:
    supervisor, noor = await desk.pair()
    waiting = await raised(desk)
    await desk.services.alerts.look()
    async with browser(desk, noor) as driver:
        await driver.open("/alerts")
        assert "Noor: at the desk, sent" in driver.text
        assert "secret words" not in driver.text
        await driver.send("/alerts/mail", {"mail": "noor@example.org"})
        assert "A code was sent to noor@example.org" in driver.text
        await driver.send("/alerts/mail/confirm", {"code": f" {outside.code_sent().upper()} "})
        assert 'value="noor@example.org"' in driver.text
        assert "A code was sent" not in driver.text
        await driver.send("/alerts/telegram")
        assert "within 15 minutes" in driver.text
        await driver.send("/alerts/1/seen")
        assert waiting.code in (await driver.open("/alerts")).text
        assert "answered by Noor" in driver.text
    async with browser(desk, supervisor) as driver:
        assert "noor@example.org" not in (await driver.open("/alerts")).text
