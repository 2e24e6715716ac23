"""Two people in two browsers: a person in the web chat and a member of staff at the desk."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import pyotp
from playwright.async_api import BrowserContext, Page, expect

PASSPHRASE = "quiet river under seven bridges"
PATIENCE = 15_000
"""Milliseconds within which a page has to show what is expected of it."""
STEP = 30


@dataclass
class PersonDriver:
    """Somebody who writes in the web chat."""

    page: Page

    @classmethod
    async def opens(cls, context: BrowserContext, url: str) -> PersonDriver:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(url)
        return cls(page)

    async def writes(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.locator("#send").click()

    async def presses(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def reads(self, text: str) -> None:
        """Wait until the newest sentence is this one."""
        await expect(self.page.locator(".said").last).to_have_text(text, timeout=PATIENCE)

    async def has_read(self, text: str | re.Pattern[str]) -> None:
        """Wait until one of the sentences is this one, whatever was said after it: a turn may say more than one."""
        await expect(self.page.locator(".said").filter(has_text=text).first).to_be_visible(timeout=PATIENCE)

    async def reads_any(self) -> None:
        """Wait until the newest message has its buttons."""
        await self.page.locator("#rows button").first.wait_for()

    async def said(self) -> list[str]:
        return await self.page.locator(".said").all_inner_texts()


@dataclass
class StaffDriver:
    """A member of staff at the desk."""

    page: Page
    name: str
    secret: str = ""
    recovery_key: str = ""
    _last_step: int = field(default=0)

    @classmethod
    async def sets_up(cls, context: BrowserContext, link: str, name: str) -> StaffDriver:
        """Follow a one-time link: passphrase, authenticator, recovery key if this is the first supervisor."""
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(link)
        member = cls(page, name)
        member.secret = (await page.locator(".secret").inner_text()).replace(" ", "").replace("\n", "")
        await page.locator("[name=passphrase]").fill(PASSPHRASE)
        await page.locator("[name=again]").fill(PASSPHRASE)
        await page.locator("[name=code]").fill(member.code())
        await page.get_by_role("button", name="Finish set-up").click()
        await page.wait_for_url("**/*")
        if await page.locator(".recovery").count():
            member.recovery_key = (await page.locator(".recovery").inner_text()).replace("\n", "")
            await page.locator("[name=written]").check()
            await page.get_by_role("button", name="Continue").click()
        await expect(page.locator("nav")).to_be_visible(timeout=PATIENCE)
        return member

    def code(self) -> str:
        """Give the code that the authenticator shows."""
        self._last_step = int(time.time()) // STEP
        return pyotp.TOTP(self.secret).now()

    async def adds(self, url: str, name: str, role: str, language: str) -> str:
        """Add a member and give the one-time link."""
        await self.page.goto(f"{url}/people")
        await self.page.locator("[name=name]").fill(name)
        await self.page.locator(f"[name=role][value={role}]").check()
        await self.page.locator(f"[type=checkbox][name=language][value={language}]").check()
        await self.page.get_by_role("button", name="Add", exact=True).click()
        return await self.page.locator("[data-select]").input_value()

    async def vets(self, url: str, name: str) -> None:
        """Write down that a member was checked, which in practice is approval enough."""
        await self.page.goto(f"{url}/people")
        await self.page.get_by_role("link", name=name).click()
        await self.page.get_by_label("who they are").check()
        today = datetime.now(tz=timezone.utc).date()
        await self.page.locator("[name=conduct]").fill(str(today))
        await self.page.locator("[name=until]").fill(str(today + timedelta(days=300)))
        await self.page.get_by_role("button", name="Write down and approve").click()
        await expect(self.page.locator(".tag.good", has_text="vetted")).to_be_visible()

    async def takes_over(self, url: str) -> None:
        """Wait on the queue page, which changes by itself, and take the first conversation."""
        if self.page.url != f"{url}/":
            await self.page.goto(f"{url}/")
        await self.page.get_by_role("button", name="Take over").first.click()
        await expect(self.page.locator("#write")).to_be_visible(timeout=PATIENCE)

    async def writes(self, text: str) -> None:
        await self.page.locator("#write textarea").fill(text)
        await self.page.locator("#write button").click()

    async def reads(self, text: str) -> None:
        await expect(self.page.locator("#log .message.person .text").last).to_have_text(text, timeout=PATIENCE)

    async def returns(self) -> None:
        await self.page.locator("[name=reason]").select_option(index=1)
        await self.page.get_by_role("button", name="Return", exact=True).click()
        await asyncio.wait_for(self.page.wait_for_load_state(), PATIENCE / 1000)
