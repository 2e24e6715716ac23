"""A person's words are in no file that we write: database, write-ahead log, logs, caches, models, at any level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.support.bot_api import TOKEN, BotApi, Person
from tests.support.program import CHECKOUT, Program
from tests.support.real_engine import RealEngine

PLANTED = "zebrafinch"
ROUND = "/start and /restart " + PLANTED


def files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def holding(words: Sequence[str], *folders: Path) -> list[str]:
    """Name the files that hold one of the words, in any of the encodings that a program might use."""
    needles = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [str(path) for path in files(*folders) if _holds(path.read_bytes(), needles)]


def _holds(content: bytes, needles: Sequence[bytes]) -> bool:
    return any(needle in content for needle in needles)


async def test_a_planted_word_is_nowhere_though_everything_logs_at_debug(
    real_engine: RealEngine, tmp_path: Path
) -> None:
    async with BotApi() as api:
        program = Program(
            tmp_path / "home",
            SAPHAN_TELEGRAM_TOKEN=TOKEN,
            SAPHAN_TELEGRAM_API=api.url,
            SAPHAN_LOG_LEVEL="DEBUG",
            **real_engine.settings,
        )
        await program.start()
        person = api.person(778899, name=PLANTED)
        await person.starts("en")
        await person.receives(4)
        telling = f"my boss {PLANTED} keeps my passport"
        for text in (telling, f"/{PLANTED}", f"/greet{{{PLANTED}}}", ROUND, "\x00" + PLANTED):
            await person.writes(text)
            await person.receives(1)
        await own_words_are_nowhere(person)
        await person.sends(photo=[{"file_id": PLANTED}])
        await person.receives(1)
        api.break_update({"message": {"text": PLANTED, "chat": PLANTED}})
        await api.until(lambda: not api.waiting, "the broken update set aside")
        assert holding((PLANTED, TOKEN, "778899"), tmp_path, CHECKOUT / "var") == []
        await program.kill()
        assert holding((PLANTED,), tmp_path, CHECKOUT / "var") == []
        assert b"telegram" in program.log.read_bytes(), "there is a log to search"


async def own_words_are_nowhere(person: Person) -> None:
    """S10, S12: a word of one's own is compared as a keyed hash, and its message is taken off the screen at once."""
    for label in ("More", "Screen and words", "My own word"):
        await taps(person, label)
    await person.api.until(lambda: "Write a word" in person.screen[-1].text, "the question for a word")
    number = await last_number(person, f"{PLANTED} tractor")
    await person.api.until(lambda: "Your word is set" in person.screen[-1].text, "the word set")
    await person.api.until(lambda: number in person.deleted, "the word taken off the screen")
    await taps(person, "Recipes")
    await person.api.until(lambda: person.screen[-1].labels == ["Another recipe"], "a recipe")
    await person.writes(f"what is {PLANTED}")
    number = await last_number(person, f"{PLANTED} TRACTOR!")
    await person.api.until(lambda: "You are back" in person.screen[-1].text, "the talk")
    await person.api.until(lambda: number in person.deleted, "the word taken off the screen")
    await person.receives(len(person.unread))


async def taps(person: Person, label: str) -> None:
    """Press a button as soon as the newest message with buttons has it."""

    def is_there() -> bool:
        newest = next((shown for shown in reversed(person.screen) if shown.rows), None)
        return newest is not None and any(label in one for one in newest.labels)

    await person.api.until(is_there, f"the button {label!r}")
    await person.presses(label)


async def last_number(person: Person, text: str) -> int:
    """Write a message and give the messenger's number of it."""
    await person.writes(text)
    return max(person.sent_at)


def test_the_search_finds_a_word_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "some.log").write_bytes(b"... " + PLANTED.encode("utf-16-le"))
    assert len(holding((PLANTED,), tmp_path)) == 1
