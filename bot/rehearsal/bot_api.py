"""The Bot API over real HTTP on loopback, as far as we use it, and the people who write to the bot.

For rehearsals and tests only. It lives beside the app, so that it outlasts any restart of it: what was not confirmed is
handed over again, as Telegram does. `async with BotApi() as api:` listens on a free port; `api.url` and `api.token` are
the settings of the app.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

from bot.rehearsal.person import THEN, Person, Shown
from bot.rehearsal.wire import ApiError, CutOff, Json, answer_about_itself, checked_rows, decoded, request

TOKEN: Final = "4000000001:invented-token_for-tests"  # noqa: S105 - of no bot that exists
LIMIT: Final = 4096
MOST_UPDATES: Final = 100
FILE: Final[Json] = {"this stands": "for a picture or a voice"}
"""What every file holds; bytes like any others to whoever fetches it."""
DELETED_WITHIN: Final = 48 * 60 * 60
"""Seconds in which a bot may delete a message of a private chat."""


class TooLate(AssertionError):
    """Something did not come in time."""


class BotApi:
    """The server. What it did is in `calls`, `confirmed` (highest number so far) and `delivered` (by chat and text)."""

    def __init__(self, token: str = TOKEN, clock: Callable[[], float] = time.time) -> None:
        """`token` is the only one that is answered; `clock` decides what is too old to be deleted."""
        self.clock = clock
        self.token = token
        self.number = int(token.partition(":")[0])
        self.people: dict[int, Person] = {}
        self.blocked: set[int] = set()
        self.next_number = 700_001
        self.confirmed = 0
        self.calls: list[tuple[str, Json]] = []
        self.delivered: Counter[tuple[int, str]] = Counter()
        self.answered_presses: list[str] = []
        self.refuse_next: dict[str, list[ApiError]] = {}
        self.profile: Json = {}
        self.file_size = 9
        self.fetched: list[str] = []
        """Addresses of the files that the bot fetched."""
        self._updates: list[tuple[int, Json, bool]] = []
        self._floods: dict[int, float] = {}
        self._cuts = 0
        self._poll = 0
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End every connection."""
        if self._server is None:
            return
        self._server.close()
        for writer in set(self._writers):
            writer.close()
        self._wake()
        await self.until(lambda: not self._writers, "closed connections")

    @property
    def url(self) -> str:
        """Give scheme, host and port, once it listens."""
        if self._server is None:
            raise RuntimeError("the Bot API does not listen yet")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def person(self, chat: int, language_code: str | None = "en", name: str = "Invented") -> Person:
        """Give the person of a chat; the same one each time."""
        return self.people.setdefault(chat, Person(self, chat, language_code, name))

    def queue(self, content: Json, *, asked_for: bool = False) -> int:
        """Put an update before the bot; `asked_for` hands it over whatever `allowed_updates` says."""
        number = self.next_number
        self.next_number += 1
        self._updates.append((number, {"update_id": number, **content}, asked_for))
        self._wake()
        return number

    def break_update(self, raw: Json) -> int:
        """Put an update before the bot that no library knows how to read."""
        return self.queue(raw, asked_for=True)

    def flood(self, chat: int, retry_after: float) -> None:
        """Refuse every message to one chat with 429 for so many seconds."""
        self._floods[chat] = asyncio.get_running_loop().time() + retry_after

    def block(self, chat: int) -> None:
        """Refuse every message to one chat with 403."""
        self.blocked.add(chat)

    def cut_next(self, count: int = 1) -> None:
        """Accept the next messages, and close the connection instead of saying so."""
        self._cuts += count

    def refuse(self, method: str, code: int, description: str, **parameters: Any) -> None:
        """Refuse the next call of a method."""
        self.refuse_next.setdefault(method, []).append(ApiError(code, description, **parameters))

    @property
    def waiting(self) -> list[int]:
        """Numbers of the updates that are not confirmed."""
        return [number for number, _, _ in self._updates]

    async def until(self, true: Callable[[], bool], what: str, within: float = 10.0) -> None:
        """Wait until something is so that the server can see."""
        try:
            async with asyncio.timeout(within):
                while not true():
                    await self._changed.wait()
        except TimeoutError:
            raise TooLate(f"not within {within:g} s: {what}") from None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while True:
                path, form = await request(reader)
                code, answer = await self._answer(path, form)
                payload = json.dumps(answer).encode()
                head = f"HTTP/1.1 {code} Said\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}"
                writer.write(f"{head}\r\n\r\n".encode() + payload)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, CutOff):
            pass
        finally:
            writer.close()
            self._writers.discard(writer)
            self._wake()

    async def _answer(self, path: str, form: dict[str, str]) -> tuple[int, Json]:
        if path.startswith(f"/file/bot{self.token}/"):
            self.fetched.append(path)
            return 200, FILE
        _, token, method = path.split("/", 2)
        data = {name: decoded(name, value) for name, value in form.items()}
        self.calls.append((method, data))
        try:
            if token != f"bot{self.token}":
                raise ApiError(401, "Unauthorized")
            if self.refuse_next.get(method):
                raise self.refuse_next[method].pop(0)
            return 200, {"ok": True, "result": await self._result(method, data)}
        except ApiError as exc:
            return exc.code, exc.body
        finally:
            self._wake()

    async def _result(self, method: str, data: Json) -> Any:
        if method == "getUpdates":
            return await self._get_updates(data)
        done = {
            "getMe": self._get_me,
            "getFile": self._get_file,
            "sendMessage": self._send_message,
            "sendVoice": self._send_voice,
            "editMessageReplyMarkup": self._edit_buttons,
            "deleteMessage": self._delete_one,
            "deleteMessages": self._delete_many,
            "answerCallbackQuery": self._answer_press,
        }.get(method)
        if done is not None:
            return done(data)
        if method == "getUserProfilePhotos" or "My" in method:
            return answer_about_itself(self.profile, method, data)
        if not method.startswith(("set", "delete", "sendChatAction")):
            raise ApiError(404, "Not Found")
        return True

    def _get_me(self, data: Json) -> Json:
        return {"id": self.number, "is_bot": True, "first_name": "Bot", "username": "invented_bot"}

    def _get_file(self, data: Json) -> Json:
        return {"file_id": data["file_id"], "file_size": self.file_size, "file_path": f"sent/{data['file_id']}"}

    def _answer_press(self, data: Json) -> bool:
        self.answered_presses.append(data["callback_query_id"])
        return True

    def _delete_one(self, data: Json) -> bool:
        return self._delete(data["chat_id"], [data["message_id"]], all_or_none=True)

    def _delete_many(self, data: Json) -> bool:
        return self._delete(data["chat_id"], data["message_ids"], all_or_none=False)

    async def _get_updates(self, data: Json) -> list[Json]:
        offset = int(data.get("offset", 0))
        self._updates = [entry for entry in self._updates if entry[0] >= offset]
        self.confirmed = max(self.confirmed, offset - 1)
        self._poll += 1
        mine, allowed = self._poll, data.get("allowed_updates")
        self._wake()

        def ready() -> list[Json]:
            return [raw for _, raw, forced in self._updates if forced or not allowed or set(raw) & set(allowed)]

        try:
            async with asyncio.timeout(int(data.get("timeout", 0))):
                while not ready() and mine == self._poll and self._server and self._server.is_serving():
                    await self._changed.wait()
        except TimeoutError:
            pass
        if mine != self._poll:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        return ready()[: int(data.get("limit", MOST_UPDATES))]

    def _send_message(self, data: Json) -> Json:
        person = self._reachable(int(data["chat_id"]))
        text = data.get("text", "").strip()
        if not text:
            raise ApiError(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > LIMIT:
            raise ApiError(400, "Bad Request: message is too long")
        rows = checked_rows(data.get("reply_markup"))
        preview = not data.get("link_preview_options", {}).get("is_disabled", False)
        shown = Shown(person.next_id(), text, rows, bool(data.get("disable_notification")), preview)
        person.screen.append(shown)
        self.delivered[person.chat, text] += 1
        if self._cuts:
            self._cuts -= 1
            raise CutOff
        return {"message_id": shown.id, "date": THEN, "chat": person.place(), "text": text}

    def _send_voice(self, data: Json) -> Json:
        person = self._reachable(int(data["chat_id"]))
        sound = data["voice"].encode("latin-1")
        if not sound.startswith(b"OggS"):
            raise ApiError(400, "Bad Request: wrong type of the voice")
        shown = Shown(person.next_id(), "", [], bool(data.get("disable_notification")), preview=False, voice=sound)
        person.screen.append(shown)
        return {"message_id": shown.id, "date": THEN, "chat": person.place(), "voice": {"file_id": f"v{shown.id}"}}

    def _reachable(self, chat: int) -> Person:
        if chat not in self.people:
            raise ApiError(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        left = self._floods.get(chat, 0.0) - asyncio.get_running_loop().time()
        if left > 0:
            seconds = math.ceil(left)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        return self.people[chat]

    def _edit_buttons(self, data: Json) -> Json:
        person = self._reachable(int(data["chat_id"]))
        shown = next((one for one in person.screen if one.id == int(data["message_id"])), None)
        if shown is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        rows = checked_rows(data.get("reply_markup"))
        if rows == shown.rows:
            raise ApiError(400, "Bad Request: message is not modified")
        shown.rows = rows
        return {"message_id": shown.id, "date": THEN, "chat": person.place(), "text": shown.text}

    def _delete(self, chat: int | str, ids: list[int | str], *, all_or_none: bool) -> bool:
        """Take messages off the screen; several at once pass over what is gone or too old, as Telegram does."""
        person = self._reachable(int(chat))
        for name in map(int, ids):
            sent = person.sent_at.get(name)
            if sent is not None and name not in person.deleted and self.clock() - sent <= DELETED_WITHIN:
                person.deleted.append(name)
            elif all_or_none:
                gone = sent is None or name in person.deleted
                what = "to delete not found" if gone else "can't be deleted for everyone"
                raise ApiError(400, f"Bad Request: message {what}")
        person.forget_shown()
        return True

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
