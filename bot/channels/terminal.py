"""The bot in a terminal: the same inbox, turn and outbox as every channel, for trying and showing it.

A line is a message; a number presses the button of that number. Nothing is kept here but the newest buttons.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, TextIO

from bot.channels.side_column import BETWEEN, WIDE_FROM, below, beside, left_width, wrapped
from bot.services.ports import Outgoing
from bot.services.records import Address, InboxKind, Incoming

CHANNEL: Final = "terminal"
PROMPT: Final = "> "
NARROW: Final = 80
"""Columns of a terminal that does not say how wide it is."""
SETTLE: Final = 10.0
"""Seconds that a script's next line waits for the answer to the one before."""


class TerminalMessenger:
    """Prints what the bot says, with its buttons as numbered choices."""

    channel = CHANNEL
    bot = CHANNEL

    def __init__(
        self, write: Callable[[str], None], notes: Callable[[], list[str]] = list, columns: int = NARROW
    ) -> None:
        """`write` prints one piece of text as it stands; `notes` gives the lines about the turn that is answered."""
        self._write = write
        self._notes = notes
        self._columns = columns
        self._choices: list[str] = []
        self._choice_of = 0
        self._count = 0
        self._answered = asyncio.Event()

    async def send(self, chat: str, message: Outgoing) -> str:
        """Print a message and give its number."""
        self._count += 1
        lines = [message.text, *(["(can be heard)"] if message.recording else [])]
        if message.rows:
            self._choices, self._choice_of = [], self._count
            for label, data in (button for row in message.rows for button in row):
                self._choices.append(data)
                lines.append(f"  [{len(self._choices)}] {label}")
        self._print(lines)
        if message.rows:
            self._answered.set()
        return str(self._count)

    def _print(self, lines: list[str]) -> None:
        notes = self._notes()
        if notes and self._columns >= WIDE_FROM:
            left = left_width(self._columns)
            right = self._columns - left - len(BETWEEN)
            lines = beside(
                [one for line in lines for one in wrapped(line, left)],
                [one for note in notes for one in wrapped(note, right)],
                self._columns,
            )
        else:
            lines = [*lines, *below(notes, self._columns)]
        self._write("\n".join(lines) + "\n\n")

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """Forget the choices of an earlier message."""
        if remote == str(self._choice_of):
            self._choices = []

    def press_of(self, line: str) -> str | None:
        """Give the data of the button that a line means, or None when it is a message."""
        number = int(line) if line.isdecimal() and len(line) < 3 else 0  # noqa: PLR2004 - no message has 100 buttons
        return self._choices[number - 1] if 1 <= number <= len(self._choices) else None

    def expect_answer(self) -> None:
        """From now on `settled` waits for another message with buttons."""
        self._answered.clear()

    async def settled(self) -> None:
        """Wait until the bot has answered, `SETTLE` seconds at most: a counsellor's answer may never come."""
        try:
            async with asyncio.timeout(SETTLE):
                await self._answered.wait()
        except TimeoutError:
            return


async def talk(
    store: Callable[[Incoming], Awaitable[bool]],
    messenger: TerminalMessenger,
    lines: AsyncIterator[str],
    write: Callable[[str], None],
    *,
    language: str,
    interactive: bool,
) -> None:
    """Open a new chat and carry lines into it until they end; a script's lines wait for one another's answers."""
    address = Address(CHANNEL, CHANNEL, secrets.token_urlsafe(32))

    async def put(kind: InboxKind, text: str) -> None:
        messenger.expect_answer()
        await store(Incoming(address, secrets.token_hex(16), kind, text, language))
        if not interactive:
            await messenger.settled()

    await put("start", "")
    if interactive:
        write(PROMPT)
    async for line in lines:
        text = line.strip()
        data = messenger.press_of(text)
        if data is not None:
            await put("press", data)
        elif text:
            await put("text", text)
        if interactive:
            write(PROMPT)


async def read_lines(stream: TextIO) -> AsyncIterator[str]:
    """Give the lines of a stream as they come; the thread that reads them never holds up the end of the program."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        try:
            for line in stream:
                loop.call_soon_threadsafe(queue.put_nowait, line)
            loop.call_soon_threadsafe(queue.put_nowait, None)
        except RuntimeError:
            # The loop closed while the terminal waited: nobody listens any more.
            return

    threading.Thread(target=read, name="terminal", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
