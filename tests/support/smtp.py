"""A mail server on loopback, as far as it takes a mail to be handed over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """What it was given; `answers` are given first to the next recipients, one each."""

    url: str = ""
    mails: list[tuple[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    talks: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.add(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        finally:
            writer.close()
            await asyncio.gather(writer.wait_closed(), return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to = ""
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode():
            verb = line[:4].upper()
            said = "250 yes"
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                said = self.answers.pop(0) if self.answers else said
            elif verb == "DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                self.mails.append((to, body.decode()))
                self.arrived.set()
            writer.write(f"{said}\r\n".encode())
            if verb == "QUIT":
                break


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """Listen for as long as the block runs."""
    made = MailServer()
    server = await asyncio.start_server(made.begin, "127.0.0.1", 0)
    made.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield made
        # A mail has arrived before its sender said goodbye.
        await asyncio.gather(*made.talks)


class Letters:
    """A way to staff that takes mail and sends none."""

    way = "mail"

    async def send(self, address: str, text: str) -> None:
        """Take it."""
