"""The bot in a terminal."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import pytest

from bot.channels import terminal
from bot.channels.terminal import TerminalMessenger, read_lines, talk
from bot.services.ports import Outgoing
from bot.services.records import Incoming

QUESTION = Outgoing("Is it safe?", ((("Yes", "abc123"), ("Not now", "def456")), (("Pause", "w:stop"),)))


async def lines_of(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def play(*lines: str, interactive: bool = False) -> tuple[list[Incoming], str]:
    """Run a talk in which each message is answered with the question, a moment later."""
    out, stored = io.StringIO(), list[Incoming]()

    def write(text: str) -> None:
        out.write(text)

    messenger = TerminalMessenger(write)
    tasks = set[asyncio.Task[str]]()

    async def store(incoming: Incoming) -> bool:
        stored.append(incoming)
        tasks.add(asyncio.create_task(messenger.send(incoming.address.chat, QUESTION)))
        return True

    await talk(store, messenger, lines_of(*lines), write, language="th", interactive=interactive)
    await asyncio.gather(*tasks)
    return stored, out.getvalue()


async def test_a_number_presses_and_other_text_writes() -> None:
    stored, _ = await play("hello\n", "2\n", "\n", "3\n", "9\n")
    assert [(it.kind, it.text) for it in stored] == [
        ("start", ""),
        ("text", "hello"),
        ("press", "def456"),
        ("press", "w:stop"),
        ("text", "9"),
    ]
    assert {it.language_hint for it in stored} == {"th"}
    assert len({it.update for it in stored}) == len(stored)
    assert len({it.address for it in stored}) == 1


async def test_buttons_are_numbered_choices() -> None:
    _, out = await play()
    assert out == "Is it safe?\n  [1] Yes\n  [2] Not now\n  [3] Pause\n\n"


async def test_only_a_terminal_sees_a_prompt() -> None:
    assert "> " not in (await play("hello\n"))[1]
    assert "> " in (await play("hello\n", interactive=True))[1]


async def test_a_retired_button_is_no_choice_any_more() -> None:
    messenger = TerminalMessenger(lambda _: None)
    number = await messenger.send("chat", QUESTION)
    assert messenger.press_of("1") == "abc123"
    await messenger.retire_buttons("chat", "0")
    assert messenger.press_of("1") == "abc123"
    await messenger.retire_buttons("chat", number)
    assert messenger.press_of("1") is None


async def test_a_script_goes_on_when_no_answer_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "SETTLE", 0.01)
    stored: list[Incoming] = []

    async def store(incoming: Incoming) -> bool:
        stored.append(incoming)
        return True

    messenger = TerminalMessenger(lambda _: None)
    await talk(store, messenger, lines_of("hello"), lambda _: None, language="en", interactive=False)
    assert len(stored) == 2


async def test_lines_come_until_the_stream_ends() -> None:
    assert [line async for line in read_lines(io.StringIO("one\ntwo"))] == ["one\n", "two"]
