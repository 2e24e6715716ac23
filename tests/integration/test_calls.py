"""The whole of calling staff as `saphan run` starts it, over the Bot API and a mail server."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.bootstrap import open_house
from bot.commands.calls import calls_to_staff
from bot.services.ports import Reach
from bot.settings import Settings
from tests.support.bot_api import TOKEN, BotApi
from tests.support.fakes import MovableClock
from tests.support.house import content
from tests.support.smtp import mail_server

SOON = 20.0


async def test_a_member_links_a_chat_and_is_called_there_and_by_mail(tmp_path: Path) -> None:
    async with BotApi() as api, mail_server() as mail:
        given = {
            "HOME": str(tmp_path),
            "STAFF_TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": api.url,
            "SMTP_URL": f"{mail.url}?from=desk@example.org",
        }
        settings = Settings.load({f"SAPHAN_{name}": value for name, value in given.items()}, None)
        async with open_house(settings, content(), MovableClock()) as house, calls_to_staff(house) as work:
            running = [asyncio.create_task(each) for each in work]
            await house.first_link()
            (lead,) = await house.staff.people()
            sealed = house.vault.seal(f"reach:{lead.id}", b"lead@example.org")
            now, code = house.clock.now(), house.vault.hash_token("one-time")
            async with house.records.begin() as tx:
                until = now.replace(year=now.year + 1)
                await tx.calls.set_reach(Reach(lead.id, "en", None, sealed, code, until))
                await tx.casework.add_alert(None, None, "key_recovered", "P1", now)
            person = api.person(7)
            await person.writes("who is there?")
            await person.writes("/start one-time")
            await api.until(lambda: bool(person.screen), "an answer")
            async with house.records.begin() as tx:
                for way in ("telegram", "mail"):
                    await tx.calls.call(1, lead.id, way, now, "waiting")
            house.signals.publish("calls")
            await api.until(lambda: len(person.screen) > 1, "a call")
            async with asyncio.timeout(SOON):
                await mail.arrived.wait()
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
    linked = "You will be called here. Nothing else is answered in this chat."
    assert [shown.text for shown in person.screen] == [linked, "Please look at the desk."]
    ((to, text),) = mail.mails
    assert to == "lead@example.org"
    assert "From: desk@example.org" in text
