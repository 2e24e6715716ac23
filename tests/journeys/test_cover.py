"""The other screen over Telegram's own protocol, with the real engine: what a watcher sees (S5, S6)."""

from __future__ import annotations

from pathlib import Path

from tests.promises.test_planted_word import taps
from tests.support.bot_api import TOKEN, BotApi
from tests.support.program import Program
from tests.support.real_engine import RealEngine


async def test_somebody_looks_over_her_shoulder_and_sees_recipes(real_engine: RealEngine, tmp_path: Path) -> None:
    """S5, S6: who clears as they go has nothing but the theme on the screen, and comes back by the phrase."""
    async with BotApi() as api:
        program = Program(
            tmp_path / "home", SAPHAN_TELEGRAM_TOKEN=TOKEN, SAPHAN_TELEGRAM_API=api.url, **real_engine.settings
        )
        await program.start()
        try:
            person = api.person(4711)
            await person.starts("en")
            await person.receives(4, 20)
            for label in ("More", "Screen and words", "Clear old messages"):
                await taps(person, label)
            await api.until(lambda: "From now on" in person.screen[-1].text, "clearing", 20)
            await taps(person, "Recipes")
            await api.until(lambda: len(person.screen) == 1, "a screen with one recipe", 20)
            assert person.screen[0].labels == ["Another recipe"]
            assert person.screen[0].silent
            assert not person.screen[0].preview
            await person.writes("who do you talk to?")
            await api.until(lambda: len(person.screen) == 2, "a second recipe", 20)
            assert all("hotline" not in shown.text.casefold() for shown in person.screen)
            await person.writes("Green mango and rain!")
            number = max(person.sent_at)
            await api.until(lambda: number in person.deleted, "the phrase taken off the screen", 20)
            await api.until(lambda: "You are back" in person.screen[-1].text, "the talk", 20)
        finally:
            await program.stop()
