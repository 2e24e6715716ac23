"""Takes a message in: stored and committed before the channel is told that it arrived."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.codes import LANGUAGES, CaseCode, ConversationId, OrganisationId
from bot.domain.cover import COVER_KEPT, may_be_left
from bot.domain.ownership import Ownership, State
from bot.domain.safe_contact import Flags
from bot.services.ports import Clock, Records, Signals, Stale, Transaction, Vault
from bot.services.records import Address, Conversation, Incoming
from bot.services.screen import stands
from bot.services.talk import Talk, open_talk, seal_talk

HALF_A_PAIR = re.compile("[\ud800-\udfff]")
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1: staff read case codes to each other."""


@dataclass(frozen=True)
class Home:
    """The home organisation, as far as a new conversation needs it."""

    id: OrganisationId
    public_key: bytes


class Receive:
    """Stores what channels hand over. A message is stored once, however often it is handed over."""

    def __init__(self, records: Records, vault: Vault, clock: Clock, signals: Signals, home: Home) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._signals = signals
        self.home = home

    async def store(self, incoming: Incoming) -> bool:
        """Commit the message to the inbox; False when the same update was stored before."""
        try:
            stored = await self._commit(incoming)
        except Stale:
            # Two first messages of one chat came at once; the other one made the conversation.
            stored = await self._commit(incoming)
        if stored:
            self._signals.publish("inbox")
        return stored

    async def _commit(self, incoming: Incoming) -> bool:
        now = self._clock.now()
        async with self._records.begin() as tx:
            conversation = await self._conversation(tx, incoming)
            fields = {
                "text": storable(incoming.text),
                "hint": incoming.language_hint,
                "sent": incoming.sent,
                "remote": incoming.remote,
            }
            payload = json.dumps(fields).encode()
            sealed = self._vault.seal(f"inbox:{conversation.id}", payload)
            stored = await tx.inbox.add(incoming.address, incoming.update, incoming.kind, conversation.id, sealed, now)
            if stored and incoming.remote:
                await tx.screen.add([stands(conversation, incoming.remote, now)])
        return stored

    async def _conversation(self, tx: Transaction, incoming: Incoming) -> Conversation:
        chat_hash = self._vault.hash_chat(incoming.address)
        found = await tx.conversations.find(chat_hash)
        if found is not None and not self._is_left_behind(found, incoming):
            return found
        if found is not None:
            # Nobody is locked out: what was there stays in cover, and no way leads to it from the chat.
            await tx.conversations.save(replace(found, covered_at=None))
            away = self._vault.hash_token(f"left-behind:{found.id}")
            await tx.conversations.move(found.id, away, found.chat_sealed)
        conversation, wrapped = self.begin(incoming.address, incoming.language_hint)
        await tx.conversations.add(conversation, chat_hash, self.home.id, wrapped)
        return conversation

    def _is_left_behind(self, found: Conversation, incoming: Incoming) -> bool:
        return incoming.kind == "start" and found.flags.covered and may_be_left(found.covered_at, self._clock.now())

    async def keep_cover(self, tx: Transaction, erased: Conversation) -> None:
        """Of a talk that was erased in cover keep the screen alone: an empty talk with new keys, and the same words."""
        chat = self._vault.open(f"chat:{erased.id}", erased.chat_sealed)
        before = open_talk(self._vault, erased.id, erased.state_sealed)
        address = Address(erased.channel, erased.bot, chat.decode())
        fresh, wrapped = self.begin(address, erased.language)
        talk = Talk(theme=before.theme, place=before.place, word=before.word, second=before.second)
        kept = replace(
            fresh,
            id=erased.id,
            chat_sealed=erased.chat_sealed,
            language_chosen=erased.language_chosen,
            flags=Flags(covered=True),
            covered_at=erased.covered_at,
            keep_until=self._clock.now() + COVER_KEPT,
            state_sealed=seal_talk(self._vault, erased.id, talk),
        )
        await tx.conversations.add(kept, self._vault.hash_chat(address), self.home.id, wrapped)

    def begin(self, address: Address, hint: str) -> tuple[Conversation, bytes]:
        """Make a conversation and its key pair; the private half is wrapped to the home organisation and forgotten."""
        now = self._clock.now()
        name = ConversationId(secrets.token_hex(16))
        public, private = self._vault.new_key_pair()
        conversation = Conversation(
            id=name,
            code=_case_code(secrets.choice),
            channel=address.channel,
            bot=address.bot,
            chat_sealed=self._vault.seal(f"chat:{name}", address.chat.encode()),
            language=language_of_hint(hint),
            language_chosen=False,
            public_key=public,
            own=Ownership(State.BOT, now),
            flags=Flags(),
            level="P4",
            turn=0,
            version=0,
            created_at=now,
            last_inbound=None,
            opened_at=None,
            offered_at=None,
            safety_declined_at=None,
            trouble_said_at=None,
            keep_until=None,
            state_sealed=seal_talk(self._vault, name, Talk()),
        )
        return conversation, self._vault.seal_to(self.home.public_key, private)


def storable(text: str) -> str:
    """Replace each half of a surrogate pair that stands alone, one for one: it cannot be written as UTF-8."""
    return HALF_A_PAIR.sub("\ufffd", text)


def language_of_hint(hint: str) -> str:
    """Give the language a messenger's hint means (`fil` is `tl`, `zh-hans` is `zh`), English where it means none."""
    code = hint.replace("_", "-").split("-")[0].casefold()
    code = {"fil": "tl", "in": "id"}.get(code, code)
    return code if code in LANGUAGES else "en"


def _case_code(choice: Callable[[str], str]) -> CaseCode:
    letters = [choice(CODE_LETTERS) for _ in range(7)]
    return CaseCode(f"{''.join(letters[:3])}-{''.join(letters[3:])}")
