"""Puts words on their way: renders keys in the person's language, seals a copy for the conversation, fills the outbox.

Nothing else writes to the outbox, so nothing leaves that is not in the words files or a counsellor's own writing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from bot.domain.codes import Act, MemberId, MessageId
from bot.domain.cover import THEME_NEXT
from bot.domain.escape import BELOW_EVERY_MESSAGE, below_every_message
from bot.domain.interpreting import END
from bot.domain.knock import line as knock_line
from bot.domain.parts import parts_for
from bot.domain.recordings import may_be_heard
from bot.domain.reply import Button, Say
from bot.domain.review_consent import END as END_REVIEW
from bot.domain.safe_contact import Kind
from bot.services.ports import Outgoing, Recordings, Transaction, Vault
from bot.services.records import Author, Conversation, Message, NewOutbox
from bot.services.talk import WAY_PREFIX, Talk, open_talk

WAYS = frozenset(
    {
        *(button.act for button in BELOW_EVERY_MESSAGE),
        *(Act(act) for act in ("back", "handoff_cancel", "danger", "delete")),
        END.act,
        END_REVIEW.act,
    }
)
"""Buttons that name their act: they work from any message. Whatever gives something away is not among them."""

Rows = tuple[tuple[tuple[str, str], ...], ...]


class SaysWords(Protocol):
    """The words files."""

    def say(self, key: str, language: str, **args: str) -> str:
        """Give the sentence of a key in a language."""


class Speaker:
    """Says keys and a counsellor's words to one person."""

    def __init__(
        self,
        vault: Vault,
        words: SaysWords,
        organisation: str,
        recordings: Recordings,
        off: Collection[str] = frozenset(),
    ) -> None:
        """`organisation` is the public name of the home organisation, as people read it.

        `off` are the languages that are switched off; the collection may change while we work.
        """
        self._off = off
        self._recordings = recordings
        self._vault = vault
        self._words = words
        self._organisation = organisation

    async def say(
        self,
        tx: Transaction,
        conversation: Conversation,
        talk: Talk,
        says: Sequence[Say],
        now: datetime,
        *,
        clears: bool = False,
    ) -> Talk:
        """Put sentences on their way, the newest with its buttons and the ways out; give the talk with its buttons.

        `clears`: what a page shows before them goes.
        """
        if says and conversation.language in self._off and talk.told_off != conversation.language:
            says = (Say(LANGUAGE_OFF), *says)
            talk = replace(talk, told_off=conversation.language)
        for place, say in enumerate(says):
            newest = place == len(says) - 1
            rows: Rows = ()
            if newest:
                rows, buttons = self._keyboard(conversation.language, say, talk.theme)
                talk = replace(talk, buttons=buttons, labels=_labels_of(say, talk.theme))
            spoken = replace(conversation, language=self._language(conversation.language, say))
            text = self.render(spoken, say)
            recording = self._recording(spoken, talk, say, text)
            line = f"{say.args['country']} {say.args['number']}" if "number" in say.args else ""
            payload = self._pack(text, rows, clears=clears and not place, recording=recording, line=line)
            await self._put(tx, conversation, text, payload, "bot", None, now, has_buttons=bool(rows))
        return talk

    async def announce(
        self,
        tx: Transaction,
        conversation: Conversation,
        talk: Talk,
        says: Sequence[Say],
        now: datetime,
        *,
        clears: bool = False,
    ) -> Talk:
        """Say what no turn of the talk decided: what it asks is the open question from now on."""
        return await self.say(tx, conversation, talk.asked_by(says[-1]), says, now, clears=clears)

    async def say_beside(
        self, tx: Transaction, conversation: Conversation, talk: Talk, say: Say, now: datetime
    ) -> Talk:
        """Say what answers nothing: the buttons of the open question come along, and a press of before still counts."""
        more = tuple(button for button in say.buttons if button not in talk.answers())
        after = await self.say(tx, conversation, talk, [replace(say, buttons=(*talk.answers(), *more))], now)
        return replace(after, buttons={**talk.buttons, **after.buttons})

    async def knock(self, tx: Transaction, conversation: Conversation, now: datetime) -> None:
        """Put one neutral line on its way: no buttons, no name, nothing of the talk (S9)."""
        theme = open_talk(self._vault, conversation.id, conversation.state_sealed).theme
        text = self.render(conversation, Say(knock_line(theme, conversation.turn)))
        await self._put(tx, conversation, text, self._pack(text, ()), "bot", None, now, Kind.KNOCK)

    async def theme(
        self, tx: Transaction, conversation: Conversation, text: str, theme: str, now: datetime, *, clears: bool
    ) -> None:
        """Put a line of the theme on its way, with its one button. No copy is kept: nothing of the talk is in it."""
        rows: Rows = (((self._words.say(f"themes.{theme}-next", conversation.language), f"{WAY_PREFIX}{THEME_NEXT}"),),)
        payload = self._pack(text, rows, clears=clears, theme=True)
        await tx.outbox.add(replace(_to(conversation, payload, now, Kind.THEME), has_buttons=True))

    async def write(
        self, tx: Transaction, conversation: Conversation, text: str, member: MemberId, now: datetime
    ) -> None:
        """Put a counsellor's own words on their way, a long text in parts that the messenger takes."""
        first, *others = parts_for(conversation.channel, text)
        whole = await self._put(tx, conversation, text, self._pack(first, ()), "counsellor", member, now)
        for part in others:
            row = _to(conversation, self._pack(part, ()), now, Kind.WORDS)
            await tx.outbox.add(replace(row, whole=whole))

    async def last_words(self, tx: Transaction, conversation: Conversation, say: Say, now: datetime) -> None:
        """Put the answer to "stop" on its way; no copy is kept."""
        payload = self._pack(self.render(conversation, say), ())
        await tx.outbox.add(_to(conversation, payload, now, Kind.LAST_WORDS))

    async def farewell(self, tx: Transaction, conversation: Conversation, say: Say, now: datetime) -> None:
        """Put the last words of an erased conversation on their way: they hang on nothing that is erased."""
        chat = self._vault.seal("chat:", self._vault.open(f"chat:{conversation.id}", conversation.chat_sealed))
        payload = self._pack(self.render(conversation, say), ())
        row = _to(conversation, payload, now, Kind.LAST_WORDS)
        await tx.outbox.add(replace(row, conversation=None, chat_sealed=chat))

    def render(self, conversation: Conversation, say: Say) -> str:
        """Give the sentence as the person will read it."""
        args = {"org": self._organisation, "messenger": self._messenger(conversation.channel), **say.args}
        if say.key == NEEDS_PHRASE or say.key.split(".")[0] == COVER:
            args["phrase"] = self._words.say("cover.phrase", conversation.language)
        if "theme" in say.args:
            args["theme"] = self._words.say(f"themes.{say.args['theme']}", conversation.language)
        if "country" in say.args:
            # A code travels; the person reads its name.
            args["country"] = self._words.say(f"countries.{say.args['country'].lower()}", conversation.language)
        for place, keys in say.lists.items():
            said = (self._words.say(key, conversation.language) for key in keys)
            args[place] = BETWEEN.get(conversation.language, ", ").join(said)
        return self._words.say(say.key, conversation.language, **args)

    def unpack(self, payload: bytes) -> Outgoing:
        """Open an outbox payload for the messenger."""
        data: dict[str, Any] = json.loads(self._vault.open("outbox", payload))
        rows = tuple(tuple((str(label), str(act)) for label, act in row) for row in data["rows"])
        return Outgoing(
            data["text"],
            rows,
            clears=bool(data.get("clears")),
            theme=bool(data.get("theme")),
            recording=str(data.get("recording", "")),
            line=str(data.get("line", "")),
        )

    async def leave_out(self, tx: Transaction, conversation: Conversation, row: int, message: Outgoing) -> Outgoing:
        """Give a message without the line that it tells of; that it is left out is said and kept instead (S4)."""
        text = self.render(conversation, Say("contacts.outdated"))
        await tx.messages.reword(conversation.id, row, self._vault.seal_to(conversation.public_key, text.encode()))
        return replace(message, text=text, line="")

    def _recording(self, conversation: Conversation, talk: Talk, say: Say, text: str) -> str:
        """Name the recording of a sentence that says the same to everybody, for who asked to hear it."""
        if not talk.aloud or say.args or say.lists or not may_be_heard(say.key):
            return ""
        return self._recordings.find(conversation.language, text)

    def _language(self, language: str, say: Say) -> str:
        """Give in which language a sentence is said: of one that is switched off only what must be understood."""
        still = language not in self._off or say.key == LANGUAGE_OFF or say.key.partition(".")[0] in STILL_SAID
        return language if still else FALLBACK

    def _messenger(self, channel: str) -> str:
        return self._organisation if channel != "telegram" else "Telegram"

    def _keyboard(self, language: str, say: Say, theme: str) -> tuple[Rows, dict[str, str]]:
        """Answers to the question first; below them the ways out."""
        buttons: dict[str, str] = {}
        offered = [it for it in say.buttons if it.act.removeprefix("language_") not in self._off]
        answers = [(self._label(button, language), self._data(button, buttons)) for button in offered]
        ways = _all_buttons(say, theme)[len(say.buttons) :]
        below = [(self._label(button, language), self._data(button, buttons)) for button in ways]
        return (*_rows(answers), *_rows(below)), buttons

    def _label(self, button: Button, language: str) -> str:
        return self._words.say(button.label, language, **{"org": self._organisation, **dict(button.args)})

    def label(self, key: str, language: str) -> str:
        """Give the words that stood on a button: what was pressed is shown at the desk."""
        return self._words.say(key, language, org=self._organisation)

    def _data(self, button: Button, buttons: dict[str, str]) -> str:
        if button.act in WAYS:
            return f"{WAY_PREFIX}{button.act}"
        name = secrets.token_urlsafe(6)
        buttons[name] = button.act
        return name

    def _pack(self, text: str, rows: Rows, **more: bool | str) -> bytes:
        """Seal for the messenger; `more` are the other fields of `Outgoing`."""
        data = {"text": text, "rows": rows, **more}
        return self._vault.seal("outbox", json.dumps(data).encode())

    async def _put(
        self,
        tx: Transaction,
        conversation: Conversation,
        text: str,
        payload: bytes,
        author: Author,
        member: MemberId | None,
        now: datetime,
        kind: Kind = Kind.WORDS,
        *,
        has_buttons: bool = False,
    ) -> int:
        outbox = await tx.outbox.add(replace(_to(conversation, payload, now, kind), has_buttons=has_buttons))
        await tx.messages.add(
            Message(
                id=new_message_id(),
                conversation=conversation.id,
                turn=conversation.turn,
                author=author,
                sealed=self._vault.seal_to(conversation.public_key, text.encode()),
                at=now,
                member=member,
                outbox=outbox,
            )
        )
        return outbox


def _to(conversation: Conversation, payload: bytes, now: datetime, kind: Kind) -> NewOutbox:
    """Address what is sealed for the messenger to the chat of a conversation."""
    return NewOutbox(
        conversation=conversation.id,
        channel=conversation.channel,
        bot=conversation.bot,
        chat_sealed=conversation.chat_sealed,
        payload=payload,
        has_buttons=False,
        created_at=now,
        kind=kind,
    )


def _labels_of(say: Say, theme: str) -> dict[str, str]:
    """Give act and label of buttons that the desk shows when pressed; what time it is there is nobody's to read."""
    return {button.act: button.label for button in _all_buttons(say, theme) if not button.args}


def _all_buttons(say: Say, theme: str) -> tuple[Button, ...]:
    """The answers to the question, then the ways out that are not among them."""
    taken = {button.act for button in say.buttons}
    return (*say.buttons, *(b for b in below_every_message(theme) if b.act not in taken))


def _rows(answers: Iterable[tuple[str, str]]) -> Rows:
    """Short labels share a row of two; a long one stands alone, so that nothing is cut off on a small phone."""
    rows: list[tuple[tuple[str, str], ...]] = []
    pair: list[tuple[str, str]] = []
    for answer in answers:
        if len(answer[0]) > SHORT_LABEL:
            rows += [tuple(pair)] if pair else []
            rows.append((answer,))
            pair = []
            continue
        pair.append(answer)
        if len(pair) == 2:  # noqa: PLR2004 - two to a row
            rows.append(tuple(pair))
            pair = []
    return (*rows, tuple(pair)) if pair else tuple(rows)


SHORT_LABEL = 16
LANGUAGE_OFF = "opening.language-off"
FALLBACK = "en"
"""What is spoken in the place of a language that is switched off; it can never be switched off itself."""
STILL_SAID = frozenset({"safety", "contacts", "cover", "escape", "trouble"})
"""Topics that are said in a language that is switched off too: danger, and the ways out."""
NEEDS_PHRASE = "opening.ways"
COVER = "cover"
"""A sentence, and a topic, that may name the phrase of the way back."""
BETWEEN = {"zh": "、", "my": "၊ ", "th": " ", "km": " "}
"""What stands between the members of a list; elsewhere a comma."""


def new_message_id() -> MessageId:
    """Make a random message id."""
    return MessageId(secrets.token_hex(12))
