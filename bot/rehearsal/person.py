"""The people who write to the bot in rehearsals and tests: what they do on their phone, and what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from bot.rehearsal.wire import Json

THEN: Final = 1_790_000_000
"""When every message was sent, in seconds: the bot must not believe a messenger's clock."""


class Server(Protocol):
    """The Bot API, as far as somebody with a phone needs it."""

    clock: Callable[[], float]
    number: int
    next_number: int
    blocked: set[int]

    def queue(self, content: Json) -> int:
        """Put an update before the bot, and give its number."""

    def block(self, chat: int) -> None:
        """Refuse every message to one chat."""

    async def until(self, true: Callable[[], bool], what: str, within: float = 10.0) -> None:
        """Wait until something is so."""


class NotOnScreen(LookupError):
    """A person wants to press what their screen does not show."""


@dataclass
class Shown:
    """A message of the bot as it stands on the person's screen."""

    id: int
    text: str
    rows: list[list[Json]]
    silent: bool
    preview: bool
    voice: bytes = field(default=b"", repr=False)
    """The sound, where the message is one."""

    @property
    def labels(self) -> list[str]:
        """Give what stands on its buttons."""
        return [button["text"] for row in self.rows for button in row]


@dataclass
class Person:
    """Somebody with a phone. `name`, `username` and `phone` travel with their updates, as in life."""

    api: Server
    chat: int
    language_code: str | None
    name: str = "Invented"
    username: str = "invented_person"
    screen: list[Shown] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    """Messages, of either side, that the bot took off the screen."""
    sent_at: dict[int, float] = field(default_factory=dict, repr=False)
    _seen: int = 0
    _last_id: int = 0

    async def writes(self, text: str) -> int:
        """Send a text, and give the number of the update."""
        return await self.sends(text=text)

    async def starts(self, payload: str = "") -> int:
        """Press *Start*, maybe by a deep link."""
        return await self.writes(f"/start {payload}".strip())

    async def sends(self, **content: Any) -> int:
        """Send any message, such as `sends(sticker={...})`."""
        return self.api.queue({"message": self._message(**content)})

    async def sends_sticker(self) -> int:
        """Send a sticker."""
        return await self.sends(sticker={"file_id": "s1", "file_unique_id": "u1", "emoji": "\N{SLIGHTLY SMILING FACE}"})

    async def edits(self, text: str) -> int:
        """Change a message that was sent before."""
        return self.api.queue({"edited_message": self._message(text=text)})

    async def presses(self, label: str) -> int:
        """Press the button whose label contains this, on the newest message that has buttons."""
        with_buttons = [message for message in self.screen if message.rows]
        if not with_buttons:
            raise NotOnScreen("no message has buttons")
        message = with_buttons[-1]
        data = [button["callback_data"] for row in message.rows for button in row if label in button["text"]]
        if not data:
            raise NotOnScreen(f"no button {label!r} among {message.labels}")
        return await self.presses_data(data[0], message.id)

    async def presses_data(self, data: str, message: int) -> int:
        """Press a button by its data, maybe one of an older message."""
        press = {"id": f"press-{self.chat}-{self.api.next_number}", "from": self.user(), "data": data}
        return self.api.queue({"callback_query": {**press, "message": self._message(message_id=message, text="old")}})

    async def blocks(self) -> int:
        """Block the bot: it is told, and can send no more."""
        self.api.block(self.chat)
        return self._becomes("kicked")

    async def unblocks(self) -> int:
        """Let the bot write again."""
        self.api.blocked.discard(self.chat)
        return self._becomes("member")

    async def receives(self, count: int = 1, within: float = 10.0) -> list[Shown]:
        """Wait for the next `count` messages, and give them in order; each is given once."""
        first = self._seen
        what = f"{count} messages in chat {self.chat}"
        await self.api.until(lambda: len(self.screen) >= first + count, what, within)
        self._seen = first + count
        return self.screen[first : self._seen]

    @property
    def unread(self) -> list[Shown]:
        """What came and was not yet given by `receives`."""
        return self.screen[self._seen :]

    def forget_shown(self) -> None:
        """Take what was deleted off the screen, without giving a message twice or never."""
        given = [shown for shown in self.screen[: self._seen] if shown.id not in self.deleted]
        self.screen = given + [shown for shown in self.screen[self._seen :] if shown.id not in self.deleted]
        self._seen = len(given)

    def user(self) -> Json:
        """Give what Telegram says of the sender."""
        user: Json = {"id": self.chat, "is_bot": False, "first_name": self.name, "username": self.username}
        return user | ({"language_code": self.language_code} if self.language_code else {})

    def place(self) -> Json:
        """Give what Telegram says of the chat."""
        return {"id": self.chat, "type": "private", "first_name": self.name, "username": self.username}

    def next_id(self) -> int:
        """Count the messages of the chat, of both sides."""
        self._last_id += 1
        self.sent_at[self._last_id] = self.api.clock()
        return self._last_id

    def _message(self, **content: Any) -> Json:
        known = {"date": THEN, "chat": self.place(), "from": self.user()}
        return {"message_id": content.pop("message_id", None) or self.next_id(), **known, **content}

    def _becomes(self, status: str) -> int:
        bot = {"id": self.api.number, "is_bot": True, "first_name": "Bot"}
        change = {"chat": self.place(), "from": self.user(), "date": THEN}
        new = {"user": bot, "status": status}
        return self.api.queue({"my_chat_member": {**change, "old_chat_member": {}, "new_chat_member": new}})
